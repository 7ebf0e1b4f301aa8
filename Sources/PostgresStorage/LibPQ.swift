internal import CLibPQ
internal import Glibc

/// libpq, loaded when the first PostgreSQL store is asked for: a run on SQLite neither waits for it
/// nor needs it.
enum LibPQ {
    typealias Functions = LibPQFunctions

    struct Missing: Error {
        var reason: String
    }

    private static let loaded: Result<Loaded, Missing> = load()

    /// Written once, before anybody reads it.
    private struct Loaded: @unchecked Sendable {
        var functions: Functions
    }

    /// - Throws: A sentence about what to install.
    static func functions() throws(Missing) -> Functions { try loaded.get().functions }

    private static func load() -> Result<Loaded, Missing> {
        guard let library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL) else {
            let reason = dlerror().map { String(cString: $0) } ?? "it is not there"
            return .failure(
                Missing(
                    reason: "libpq.so.5 cannot be loaded (\(reason)); "
                        + "install Debian's package libpq5"))
        }
        let table = Table(library: library)
        do {
            return .success(Loaded(functions: try table.functions()))
        } catch {
            return .failure(error)
        }
    }

    private struct Table {
        let library: UnsafeMutableRawPointer

        /// - Parameter type: What the header says, by way of the field that it is for.
        private func find<Function>(_ name: String, as type: Function.Type = Function.self)
            throws(Missing) -> Function
        {
            guard let address = dlsym(library, name) else {
                throw Missing(reason: "libpq.so.5 has no \(name); install libpq5 14 or newer")
            }
            return unsafeBitCast(address, to: Function.self)
        }

        func functions() throws(Missing) -> Functions {
            Functions(
                connectdbParams: try find("PQconnectdbParams"), finish: try find("PQfinish"),
                status: try find("PQstatus"), transactionStatus: try find("PQtransactionStatus"),
                errorMessage: try find("PQerrorMessage"),
                conninfoParse: try find("PQconninfoParse"),
                conninfoFree: try find("PQconninfoFree"), freemem: try find("PQfreemem"),
                exec: try find("PQexec"), sendQueryParams: try find("PQsendQueryParams"),
                sendPrepare: try find("PQsendPrepare"),
                sendQueryPrepared: try find("PQsendQueryPrepared"),
                setSingleRowMode: try find("PQsetSingleRowMode"),
                enterPipelineMode: try find("PQenterPipelineMode"),
                exitPipelineMode: try find("PQexitPipelineMode"),
                pipelineSync: try find("PQpipelineSync"), getResult: try find("PQgetResult"),
                getCopyData: try find("PQgetCopyData"),
                resultStatus: try find("PQresultStatus"),
                resultErrorField: try find("PQresultErrorField"),
                cmdTuples: try find("PQcmdTuples"), cmdStatus: try find("PQcmdStatus"),
                getvalue: try find("PQgetvalue"), getlength: try find("PQgetlength"),
                getisnull: try find("PQgetisnull"), clear: try find("PQclear"),
                ntuples: try find("PQntuples"),
                setNoticeProcessor: try find("PQsetNoticeProcessor"))
        }
    }
}
