internal import Crypto
internal import FoundationEssentials

/// What a Content-Security-Policy calls a style or a script by: `sha256-…`.
package func contentHash(of text: String) -> String {
    "sha256-" + Data(SHA256.hash(data: Array(text.utf8))).base64EncodedString()
}
