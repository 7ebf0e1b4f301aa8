internal import CCurl
internal import Glibc
internal import Invitations

/// libcurl, loaded when the first delivery asks for it: whoever writes into a maildir neither waits
/// for it nor needs it.
enum LibCurl {
    private static let loaded: Result<Loaded, DeliveryProblem> = load()

    /// Written once, before anybody reads it.
    private struct Loaded: @unchecked Sendable {
        var functions: CurlFunctions
    }

    static func functions() throws(DeliveryProblem) -> CurlFunctions { try loaded.get().functions }

    private static func load() -> Result<Loaded, DeliveryProblem> {
        guard let library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL) else {
            let reason = dlerror().map { String(cString: $0) } ?? "it is not there"
            return .failure(
                DeliveryProblem(
                    "libcurl.so.4 cannot be loaded (\(reason)); install Debian's package libcurl4"))
        }
        do throws(DeliveryProblem) {
            let functions = try Table(library: library).functions()
            guard functions.global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK else {
                return .failure(DeliveryProblem("libcurl.so.4 cannot be used"))
            }
            return .success(Loaded(functions: functions))
        } catch {
            return .failure(error)
        }
    }

    private struct Table {
        let library: UnsafeMutableRawPointer

        private func address(_ name: String) throws(DeliveryProblem) -> UnsafeMutableRawPointer {
            guard let address = dlsym(library, name) else {
                throw DeliveryProblem(
                    "libcurl.so.4 has no \(name); install a newer package libcurl4")
            }
            return address
        }

        /// - Parameter type: What the header says, by way of the field that it is for.
        private func find<Function>(
            _ name: String, as type: Function.Type = Function.self
        ) throws(DeliveryProblem) -> Function {
            unsafeBitCast(try address(name), to: Function.self)
        }

        func functions() throws(DeliveryProblem) -> CurlFunctions {
            CurlFunctions(
                global_init: try find("curl_global_init"), easy_init: try find("curl_easy_init"),
                easy_cleanup: try find("curl_easy_cleanup"),
                easy_perform: try find("curl_easy_perform"),
                easy_strerror: try find("curl_easy_strerror"),
                slist_append: try find("curl_slist_append"),
                slist_free_all: try find("curl_slist_free_all"),
                easy_setopt: try address("curl_easy_setopt"),
                easy_getinfo: try address("curl_easy_getinfo"))
        }
    }
}
