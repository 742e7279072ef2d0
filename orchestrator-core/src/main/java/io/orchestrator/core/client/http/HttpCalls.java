package io.orchestrator.core.client.http;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.core.client.config.ClusterAccess;
import io.orchestrator.core.client.config.ConfigException;
import io.orchestrator.core.client.config.Credentials;
import io.orchestrator.core.env.Environment;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Sends requests and brings answers, whatever it takes: another server where one is away, fresh credentials where they were
 * refused, the wait that a busy server asks for. What may have been carried out is never sent twice. Thread-safe.
 */
final class HttpCalls implements AutoCloseable {
    private static final int MOST_WAITS = 10;

    private final Credentials credentials;
    private final HttpSettings settings;
    private final Environment environment;
    private final RequestHeads heads;
    private final ServerChoice servers;
    private final HttpConnections connections;
    private final Refusals refusals;
    private volatile boolean closed;

    HttpCalls(ClusterAccess access, HttpSettings settings, Refusals refusals, Environment environment) {
        this.credentials = access.credentials();
        this.settings = settings;
        this.environment = environment;
        this.heads = new RequestHeads(settings.agent(), access.impersonation());
        this.servers = new ServerChoice(access.servers(), 0);
        this.connections = new HttpConnections(access, settings.connect(), environment.executor());
        this.refusals = refusals;
    }

    /** What one request has been through. */
    private static final class Course {
        private final long deadline;
        private int away;
        private int waits;
        private boolean refreshed;

        Course(long deadline) {
            this.deadline = deadline;
        }
    }

    /** The body of a success. @throws ApiException for everything else */
    byte[] send(HttpCall call) {
        Course course = new Course(
                environment.nanoTime().getAsLong() + settings.request().toNanos());
        while (true) {
            URI server = servers.current();
            Credentials.Shown shown = shown();
            HttpResponse<byte[]> answer;
            try {
                answer = await(call, server, shown, course);
            } catch (IOException e) {
                servers.failed(server);
                course.away++;
                boolean again = (neverArrived(e) || call.isRead()) && course.away < Math.max(2, servers.count());
                if (!again) {
                    throw unreachable(server, e);
                }
                continue;
            }
            int code = answer.statusCode();
            if (code >= 200 && code < 300) {
                return answer.body();
            }
            if (code == 401 && !course.refreshed && credentials.refused(shown)) {
                course.refreshed = true;
            } else if (!waited(answer, course)) {
                throw refusals.of(code, answer.body(), retryAfter(answer));
            }
        }
    }

    /** Waits as long as the server asks, where it has done nothing and there is time for it. */
    private boolean waited(HttpResponse<?> answer, Course course) {
        int code = answer.statusCode();
        int seconds = retryAfter(answer);
        if (seconds == 0 || !(code == 429 || code >= 500) || course.waits++ >= MOST_WAITS) {
            return false;
        }
        long nanos = TimeUnit.SECONDS.toNanos(seconds);
        if (environment.nanoTime().getAsLong() + nanos >= course.deadline) {
            return false;
        }
        try {
            environment.timers().schedule(() -> {}, nanos, TimeUnit.NANOSECONDS).get();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(Reason.SERVICE_UNAVAILABLE, "interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a task that does nothing failed", e);
        }
    }

    private HttpResponse<byte[]> await(HttpCall call, URI server, Credentials.Shown shown, Course course)
            throws IOException {
        CompletableFuture<HttpResponse<byte[]>> sent =
                client(shown).sendAsync(heads.request(call, server, shown), HttpResponse.BodyHandlers.ofByteArray());
        try {
            long left = course.deadline - environment.nanoTime().getAsLong();
            return sent.get(Math.max(1, left), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            sent.cancel(true);
            servers.failed(server);
            throw new ApiException(
                    Reason.TIMEOUT,
                    server + " did not answer within " + settings.request().toSeconds() + " s",
                    e);
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw new ApiException(Reason.SERVICE_UNAVAILABLE, "interrupted", e);
        } catch (CancellationException e) {
            throw new ApiException(Reason.SERVICE_UNAVAILABLE, "the client was closed", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new ApiException(Reason.SERVICE_UNAVAILABLE, server + " cannot be asked: " + e.getCause(), e);
        }
    }

    /**
     * Something that is under way.
     *
     * @param server which was asked
     * @param abort gives it up, as long as its head has not come
     */
    record Opened<T>(URI server, CompletableFuture<HttpResponse<T>> answer, Runnable abort) {}

    /** Begins a request whose answer lasts. Its head must come within the time of a request. */
    <T> Opened<T> open(HttpCall call, HttpResponse.BodyHandler<T> handler) {
        URI server = servers.current();
        Credentials.Shown shown = shown();
        CompletableFuture<HttpResponse<T>> answer =
                client(shown).sendAsync(heads.request(call, server, shown), handler);
        cancelIfLate(answer, settings.request());
        CompletableFuture<HttpResponse<T>> told = answer.whenComplete((response, failure) -> {
            if (failure != null) {
                servers.failed(server);
            } else if (response.statusCode() == 401) {
                credentials.refused(shown);
            }
        });
        return new Opened<>(server, told, () -> answer.cancel(true));
    }

    /** Whether anybody answers there, however. */
    CompletableFuture<Boolean> answers(URI server) {
        HttpCall call = new HttpCall("GET", "/livez", new byte[0], java.util.Map.of());
        Credentials.Shown shown = shown();
        CompletableFuture<HttpResponse<Void>> answer =
                client(shown).sendAsync(heads.request(call, server, shown), HttpResponse.BodyHandlers.discarding());
        cancelIfLate(answer, settings.connect().multipliedBy(2));
        return answer.handle((response, failure) -> {
            if (failure != null) {
                servers.failed(server);
            }
            return failure == null;
        });
    }

    private void cancelIfLate(CompletableFuture<?> answer, Duration within) {
        var late = environment.timers().schedule(() -> answer.cancel(true), within.toNanos(), TimeUnit.NANOSECONDS);
        answer.whenComplete((response, failure) -> {
            late.cancel(false);
        });
    }

    Credentials.Shown shown() {
        try {
            return credentials.current();
        } catch (ConfigException e) {
            throw new ApiException(Reason.UNAUTHORIZED, String.valueOf(e.getMessage()), e);
        }
    }

    HttpClient client(Credentials.Shown shown) {
        if (closed) {
            throw new ApiException(Reason.SERVICE_UNAVAILABLE, "the client is closed");
        }
        return connections.showing(shown.identity());
    }

    URI server() {
        return servers.current();
    }

    RequestHeads heads() {
        return heads;
    }

    Refusals refusals() {
        return refusals;
    }

    static ApiException unreachable(URI server, Throwable failure) {
        return new ApiException(Reason.SERVICE_UNAVAILABLE, server + " cannot be reached: " + words(failure), failure);
    }

    private static String words(Throwable failure) {
        if (failure instanceof CancellationException) {
            return "no answer came in time";
        }
        String said = failure.getMessage();
        Throwable cause = failure.getCause();
        if (said == null || said.isEmpty()) {
            return cause == null ? failure.getClass().getSimpleName() : words(cause);
        }
        return said;
    }

    /** Whether the server cannot have seen the request. */
    private static boolean neverArrived(IOException failure) {
        return failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException
                || failure instanceof UnknownHostException
                || failure instanceof SSLHandshakeException;
    }

    static int retryAfter(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,6}"))
                .map(Integer::parseInt)
                .orElse(0);
    }

    @Override
    public void close() {
        closed = true;
        connections.close();
    }
}
