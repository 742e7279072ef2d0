package io.orchestrator.core.webhook;

import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;

/** Why a connection failed, in the words that users of Kubernetes search for. */
final class TlsWords {
    private TlsWords() {}

    static String of(IOException failure) {
        if (!(failure instanceof SSLException)) {
            return String.valueOf(failure.getMessage());
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
                return "tls: failed to verify certificate: x509: certificate signed by unknown authority ("
                        + cause.getMessage() + ")";
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return "tls: failed to verify certificate: x509: " + cause.getMessage();
            }
        }
        return "tls: " + failure.getMessage();
    }
}
