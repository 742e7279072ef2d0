package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.HTTPGetAction;
import io.orchestrator.api.model.core.HTTPHeader;
import io.orchestrator.core.env.Environment;
import io.orchestrator.spi.runtime.ContainerRuntime;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Probes real containers: HTTP without redirects to other hosts and without a look at certificates, TCP, and commands. */
final class NetworkProber implements Prober {
    private static final int MESSAGE_LIMIT = 1024;

    private final ContainerRuntime runtime;
    private final Environment environment;
    private final HttpClient http;

    NetworkProber(ContainerRuntime runtime, Environment environment) {
        this.runtime = runtime;
        this.environment = environment;
        this.http = HttpClient.newBuilder()
                .executor(environment.executor())
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trustingAll())
                .build();
    }

    @Override
    public CompletionStage<Result> probe(Request request) {
        if (request.probe().httpGet() != null) {
            return get(request, request.probe().httpGet());
        }
        if (request.probe().tcpSocket() != null) {
            return CompletableFuture.supplyAsync(() -> connect(request), environment.executor());
        }
        if (request.probe().exec() != null) {
            return runtime.exec(
                            request.containerId(),
                            new ExecSpec(request.probe().exec().command(), false, false))
                    .thenApplyAsync(session -> outputOf(session, timeout(request)), environment.executor())
                    .thenCompose(stage -> stage);
        }
        return CompletableFuture.completedFuture(Result.failed("gRPC probes are not supported by this agent"));
    }

    private CompletionStage<Result> get(Request request, HTTPGetAction action) {
        String scheme = action.scheme().equals("HTTPS") ? "https" : "http";
        String path = action.path().startsWith("/") ? action.path() : "/" + action.path();
        HttpRequest.Builder builder = HttpRequest.newBuilder(
                        URI.create(scheme + "://" + request.address() + ":" + request.port() + path))
                .timeout(timeout(request))
                .setHeader("User-Agent", "kube-probe/1.32");
        for (HTTPHeader header : action.httpHeaders()) {
            if (!header.name().equalsIgnoreCase("Host")) {
                builder.setHeader(header.name(), header.value());
            }
        }
        return http.sendAsync(builder.GET().build(), HttpResponse.BodyHandlers.discarding())
                .handle((response, failure) -> {
                    if (failure != null) {
                        return Result.failed("Get \"" + path + "\": " + Deadlines.message(failure));
                    }
                    int code = response.statusCode();
                    return code >= 200 && code < 400
                            ? Result.ok()
                            : Result.failed("HTTP probe failed with statuscode: " + code);
                });
    }

    private static Result connect(Request request) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(request.address(), request.port()),
                    (int) timeout(request).toMillis());
            return Result.ok();
        } catch (IOException e) {
            return Result.failed("dial tcp " + request.address() + ":" + request.port() + ": " + e.getMessage());
        }
    }

    private CompletionStage<Result> outputOf(ExecSession session, Duration timeout) {
        environment.timers().schedule(session::close, timeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            String output = new String(session.stdout().readNBytes(MESSAGE_LIMIT), StandardCharsets.UTF_8);
            return session.exitCode()
                    .thenApply(code -> code == 0 ? Result.ok() : Result.failed(output.strip()))
                    .whenComplete((result, failure) -> session.close());
        } catch (IOException e) {
            session.close();
            throw new UncheckedIOException("the output of a probe's command cannot be read", e);
        }
    }

    private static Duration timeout(Request request) {
        return Duration.ofSeconds(Math.max(1, request.probe().timeoutSeconds()));
    }

    private static SSLContext trustingAll() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    /** A probe asks whether somebody answers, not who: as in Kubernetes, certificates are not looked at. */
    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
