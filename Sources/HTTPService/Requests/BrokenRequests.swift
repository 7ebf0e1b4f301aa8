internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes

/// Answers a request for an invitation that is no HTTP as every wrong token is answered: one that
/// is too long to be read, or has bytes that no path can have. What is broken elsewhere gets the
/// bare 400 of the server below. The connection ends after either.
final class BrokenRequests: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    struct Answer {
        var head: HTTPResponse
        var body: [UInt8]
    }

    private let answer: (_ beginning: [UInt8]) -> Answer?
    private let beginning = Beginning()
    /// No head was read since the last answer.
    private var isFresh = true
    private var replacement: Answer?

    /// - Parameter answer: What is said to a request that began so; `nil` is the server's own word.
    init(answer: @escaping (_ beginning: [UInt8]) -> Answer?) { self.answer = answer }

    func handlerAdded(context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        guard
            let decoder = try? pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
        else { return }
        try? pipeline.addHandler(beginning, position: .before(decoder))
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head = unwrapInboundIn(data) { isFresh = false }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if isFresh, error is HTTPParserError { replacement = answer(beginning.bytes) }
        context.fireErrorCaught(error)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head where replacement != nil:
            guard let head = replacement?.head else { return }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end:
            if let body = replacement?.body {
                context.write(wrapOutboundOut(.body(ByteBuffer(bytes: body))), promise: nil)
            }
            (replacement, isFresh) = (nil, true)
            beginning.forget()
            context.write(data, promise: promise)
        case .head, .body: context.write(data, promise: promise)
        }
    }
}

/// The first bytes of a request as they came, which say what it was about when it cannot be read.
private final class Beginning: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private static let length = 512
    private(set) var bytes: [UInt8] = []

    func forget() { bytes = [] }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let room = Self.length - bytes.count
        if room > 0 { bytes += unwrapInboundIn(data).readableBytesView.prefix(room) }
        context.fireChannelRead(data)
    }
}
