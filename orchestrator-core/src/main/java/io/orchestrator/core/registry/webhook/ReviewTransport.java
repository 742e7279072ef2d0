package io.orchestrator.core.registry.webhook;

import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.model.admissionregistration.ServiceReference;
import io.orchestrator.api.model.admissionregistration.WebhookClientConfig;
import io.orchestrator.core.registry.admission.Admission.Lookup;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Carries reviews to webhooks and their answers back.
 *
 * <p>Thread-safe. A call blocks its thread, never for much longer than the timeout, and holds no more memory than one answer of
 * bounded size. Nothing is tried twice.
 */
public interface ReviewTransport {

    /**
     * Posts a review.
     *
     * @param lookup where the services of the cluster are found
     * @return the body of the answer, which had a status of success
     * @throws Failure when there is none
     */
    byte[] post(Endpoint to, byte[] review, Duration timeout, Lookup lookup) throws Failure;

    /** For a registry that stands alone: nobody can be reached. */
    static ReviewTransport none() {
        return (to, review, timeout, lookup) -> {
            throw new Failure("webhooks are not called by this registry");
        };
    }

    /**
     * Where a webhook is: by URL, or as a service.
     *
     * @param url empty for a service
     * @param path of the service's webhook; empty, or with a slash at its start
     * @param authorities that its certificate is checked against, in PEM; those of the platform where there are none
     */
    record Endpoint(String url, String namespace, String service, String path, int port, Bytes authorities) {
        private static final int HTTPS = 443;

        static Endpoint of(WebhookClientConfig config) {
            ServiceReference service = config.service();
            return service == null
                    ? ofUrl(config.url(), config.caBundle())
                    : ofService(service.namespace(), service.name(), service.path(), service.port(), config.caBundle());
        }

        static Endpoint ofUrl(@Nullable String url, Bytes authorities) {
            return new Endpoint(url == null ? "" : url, "", "", "", HTTPS, authorities);
        }

        static Endpoint ofService(
                String namespace, String name, @Nullable String path, @Nullable Integer port, Bytes authorities) {
            return new Endpoint(
                    "", namespace, name, path == null ? "" : path, port == null ? HTTPS : port, authorities);
        }
    }

    /** No usable answer came. The message says why, in the words of Kubernetes where there are some. */
    final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        public Failure(String message) {
            super(message);
        }

        public Failure(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
