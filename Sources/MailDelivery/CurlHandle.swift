internal import CCurl
internal import Glibc
internal import Invitations

/// One easy handle of libcurl: a connection that is kept, and transfers one after the other.
///
/// It blocks while it transfers, and belongs to whoever made it.
final class CurlHandle {
    /// What a transfer came to.
    struct Outcome {
        var code: CURLcode
        /// libcurl's own words; empty when all went well.
        var message: String

        var isTimeout: Bool { code == CURLE_OPERATION_TIMEDOUT }
    }

    /// What goes out, and how much of it has.
    var upload: [UInt8] = [] {
        didSet { uploaded = 0 }
    }
    private var uploaded = 0
    /// What came in, as far as anybody wants to know.
    private(set) var received: [UInt8] = []
    private static let receivedLimit = 4096

    /// Called with each command that goes out, and each line of an answer.
    var commanded: ([UInt8]) -> Void = { _ in }
    var answered: ([UInt8]) -> Void = { _ in }
    /// Called when the last byte of `upload` is on its way.
    var uploadEnded: () -> Void = {}

    private let functions: CurlFunctions
    private let handle: UnsafeMutableRawPointer
    private let errors: UnsafeMutablePointer<CChar>

    init() throws(DeliveryProblem) {
        functions = try LibCurl.functions()
        guard let handle = functions.easy_init() else {
            throw DeliveryProblem("libcurl has no memory")
        }
        self.handle = handle
        errors = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errors.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        set(CURLOPT_ERRORBUFFER, errors)
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_NETRC, 0)
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        setCallbacks()
    }

    deinit {
        // It may say goodbye, and nobody listens any more.
        set(CURLOPT_VERBOSE, 0)
        set(CURLOPT_SERVER_RESPONSE_TIMEOUT, 1)
        functions.easy_cleanup(handle)
        errors.deallocate()
    }

    // MARK: - Options

    func set(_ option: CURLoption, _ value: Int) {
        _ = muster_set_number(functions.easy_setopt, handle, option, value)
    }

    /// A copy is kept.
    func set(_ option: CURLoption, _ value: String) {
        _ = muster_set_text(functions.easy_setopt, handle, option, value)
    }

    func set(size option: CURLoption, _ value: Int) {
        _ = muster_set_size(functions.easy_setopt, handle, option, curl_off_t(value))
    }

    /// What is pointed to must stay.
    private func set(_ option: CURLoption, _ pointer: UnsafeMutableRawPointer?) {
        _ = muster_set_pointer(functions.easy_setopt, handle, option, pointer)
    }

    func number(_ info: CURLINFO) -> Int {
        var value = 0
        _ = muster_get_number(functions.easy_getinfo, handle, info, &value)
        return value
    }

    func size(_ info: CURLINFO) -> Int64 {
        var value: curl_off_t = 0
        _ = muster_get_size(functions.easy_getinfo, handle, info, &value)
        return Int64(value)
    }

    private func setCallbacks() {
        // Unretained: the handle never outlives this object, nor does a transfer.
        let me = Unmanaged.passUnretained(self).toOpaque()
        let set = functions.easy_setopt
        _ = muster_set_transfer(set, handle, CURLOPT_READFUNCTION) { buffer, size, count, user in
            guard let buffer, let user else { return 0 }
            return Unmanaged<CurlHandle>.fromOpaque(user).takeUnretainedValue()
                .give(to: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
        }
        self.set(CURLOPT_READDATA, me)
        _ = muster_set_transfer(set, handle, CURLOPT_WRITEFUNCTION) { buffer, size, count, user in
            guard let buffer, let user else { return 0 }
            Unmanaged<CurlHandle>.fromOpaque(user).takeUnretainedValue()
                .take(UnsafeRawBufferPointer(start: buffer, count: size * count))
            return size * count
        }
        self.set(CURLOPT_WRITEDATA, me)
        _ = muster_set_debug(set, handle) { _, kind, data, count, user in
            guard let data, let user else { return 0 }
            let handle = Unmanaged<CurlHandle>.fromOpaque(user).takeUnretainedValue()
            let bytes = UnsafeRawBufferPointer(start: data, count: min(count, 4096))
            if kind == CURLINFO_HEADER_OUT {
                handle.commanded(Array(bytes))
            } else if kind == CURLINFO_HEADER_IN {
                handle.answered(Array(bytes))
            }
            return 0
        }
        self.set(CURLOPT_DEBUGDATA, me)
        self.set(CURLOPT_VERBOSE, 1)
    }

    private func give(to buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, upload.count - uploaded)
        upload[uploaded..<uploaded + count].withUnsafeBytes { buffer.copyMemory(from: $0) }
        uploaded += count
        if uploaded == upload.count { uploadEnded() }
        return count
    }

    private func take(_ bytes: UnsafeRawBufferPointer) {
        received += bytes.prefix(Self.receivedLimit - received.count)
    }

    // MARK: - Transfers

    /// - Parameter lists: Options that are lists of texts, for this transfer.
    func perform(_ lists: KeyValuePairs<CURLoption, [String]> = [:]) -> Outcome {
        received = []
        errors[0] = 0
        var made: [UnsafeMutablePointer<curl_slist>?] = []
        for (option, texts) in lists {
            let list = texts.reduce(nil as UnsafeMutablePointer<curl_slist>?) { list, text in
                functions.slist_append(list, text) ?? list
            }
            made.append(list)
            set(option, UnsafeMutableRawPointer(list))
        }
        let code = functions.easy_perform(handle)
        for ((option, _), list) in zip(lists, made) {
            set(option, nil as UnsafeMutableRawPointer?)
            functions.slist_free_all(list)
        }
        guard code != CURLE_OK else { return Outcome(code: code, message: "") }
        var message = String(cString: errors)
        if message.isEmpty, let text = functions.easy_strerror(code) {
            message = String(cString: text)
        }
        return Outcome(code: code, message: quoted(message.utf8))
    }
}
