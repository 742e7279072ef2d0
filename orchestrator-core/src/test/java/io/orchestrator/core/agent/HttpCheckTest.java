package io.orchestrator.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.orchestrator.api.model.core.HTTPGetAction;
import io.orchestrator.api.model.core.HTTPGetActionBuilder;
import io.orchestrator.api.model.core.HTTPHeader;
import io.orchestrator.core.auth.CertificateAuthority;
import io.orchestrator.core.auth.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Probes and hooks over HTTP against real servers of this machine. */
@Timeout(60)
class HttpCheckTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String HERE = InetAddress.getLoopbackAddress().getHostAddress();

    private final Map<String, List<String>> heard = new ConcurrentHashMap<>();
    private HttpServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private int serve(HttpServer fresh) {
        server = fresh;
        server.createContext("/", exchange -> {
            heard.putAll(exchange.getRequestHeaders());
            boolean well = exchange.getRequestURI().getPath().equals("/healthz");
            boolean elsewhere = exchange.getRequestURI().getPath().equals("/moved");
            exchange.getResponseHeaders().add("Location", "/nowhere");
            exchange.sendResponseHeaders(well ? 200 : elsewhere ? 302 : 500, -1);
            exchange.close();
        });
        server.start();
        return server.getAddress().getPort();
    }

    private static InetSocketAddress free() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static HTTPGetAction get(String scheme, String path) {
        return HTTPGetActionBuilder.builder()
                .scheme(scheme)
                .path(path)
                .httpHeaders(List.of(new HTTPHeader("X-Asked", "yes")))
                .build();
    }

    private static SSLContext unknown() throws GeneralSecurityException {
        CertificateAuthority authority =
                CertificateAuthority.create("nobody-knows", Clock.systemUTC(), new SecureRandom());
        Identity server = authority.issueServer(List.of("another.name"), List.of());
        char[] password = "in-memory".toCharArray();
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(server.keyStore(password, authority.certificate()), password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void aServerWhoseCertificateNobodyTrustsIsAskedAllTheSame() throws Exception {
        HttpsServer secure = HttpsServer.create(free(), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(unknown()));
        int port = serve(secure);

        assertThat(HttpCheck.get(get("HTTPS", "/healthz"), HERE, port, PATIENCE))
                .isEqualTo(Prober.Result.ok());
        assertThat(HttpCheck.get(get("HTTPS", "/ill"), HERE, port, PATIENCE).message())
                .isEqualTo("HTTP probe failed with statuscode: 500");
    }

    @Test
    void redirectsAreAnswersAndHeadersAreSent() throws IOException {
        int port = serve(HttpServer.create(free(), 0));

        assertThat(HttpCheck.get(get("HTTP", "moved"), HERE, port, PATIENCE)).isEqualTo(Prober.Result.ok());
        assertThat(heard).containsEntry("X-asked", List.of("yes"));
    }
}
