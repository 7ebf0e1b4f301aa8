internal import NIOSSL
internal import Reconciliation

/// Why nothing can be served with a certificate.
struct CertificateProblem: Error {
    var sentence: String
}

extension ServiceSettings.Certificate {
    /// TLS 1.2 or newer with this certificate.
    func configuration() throws(CertificateProblem) -> TLSConfiguration {
        let certificates: [NIOSSLCertificate]
        do {
            certificates = try NIOSSLCertificate.fromPEMFile(chain)
        } catch {
            throw CertificateProblem(sentence: "--tls-cert \(chain) is no certificate in PEM.")
        }
        let key: NIOSSLPrivateKey
        do {
            key = try NIOSSLPrivateKey(file: self.key, format: .pem)
        } catch {
            throw CertificateProblem(sentence: "--tls-key \(self.key) is no private key in PEM.")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        do {
            _ = try NIOSSLContext(configuration: configuration)
        } catch {
            throw CertificateProblem(
                sentence: "--tls-cert and --tls-key are not of one another.")
        }
        return configuration
    }
}
