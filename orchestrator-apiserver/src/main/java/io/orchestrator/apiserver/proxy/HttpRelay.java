package io.orchestrator.apiserver.proxy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.apiserver.flow.Deadlines;
import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.apiserver.http.Upgrades;
import io.orchestrator.spi.node.PodConnection;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpField;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a request on over a connection, and its answer back, both as they come; an answer that changes the protocol is
 * followed by whatever the two ends say. Thread-safe.
 */
public final class HttpRelay {
    private static final Logger LOG = LoggerFactory.getLogger(HttpRelay.class);
    private static final Set<String> NOT_PASSED =
            Set.of("connection", "keep-alive", "proxy-connection", "trailer", "transfer-encoding", "upgrade", "te");

    private final Executor executor;
    private final Upgrades upgrades;
    private final Deadlines deadlines;
    private final Duration headTime;
    private final Duration silence;

    /**
     * @param executor on which bodies and upgraded connections run
     * @param headTime how long one may wait for the beginning of an answer, once the request is there
     * @param silence how long an answer that has begun may pause
     */
    public HttpRelay(Executor executor, Upgrades upgrades, Deadlines deadlines, Duration headTime, Duration silence) {
        this.executor = executor;
        this.upgrades = upgrades;
        this.deadlines = deadlines;
        this.headTime = headTime;
        this.silence = silence;
    }

    /**
     * Relays one request, and returns when it is answered or its protocol changed. Blocks.
     *
     * @param backend is closed at the end
     * @param target path and query there, encoded
     * @param host as the one behind knows itself
     * @param prefix of our own path, under which the other's root is seen
     */
    public void relay(Exchange exchange, PodConnection backend, String target, String host, String prefix)
            throws IOException {
        exchange.onFailure(backend::close);
        boolean handedOn = false;
        AtomicBoolean late = new AtomicBoolean();
        Deadlines.Deadline patience = deadlines.in(headTime, () -> {
            late.set(true);
            backend.close();
        });
        try {
            handedOn = answered(exchange, backend, target, host, prefix, patience);
        } catch (ApiException e) {
            throw late.get()
                    ? new ApiException(Reason.TIMEOUT, "error trying to reach service: no answer came in time", e)
                    : e;
        } finally {
            patience.cancel();
            if (!handedOn) {
                backend.close();
            }
        }
    }

    private boolean answered(
            Exchange exchange,
            PodConnection backend,
            String target,
            String host,
            String prefix,
            Deadlines.Deadline patience)
            throws IOException {
        String upgrade = Upgrades.askedFor(exchange);
        RequestWriter request = new RequestWriter(exchange, backend.output(), upgrade);
        ResponseReader response =
                new ResponseReader(backend.input(), exchange.method().equals("HEAD"));
        try {
            request.head(target, host);
            if (request.hasBody()) {
                executor.execute(() -> body(request, () -> patience.extend(headTime)));
            }
            response.readHead();
        } catch (IOException e) {
            throw new ApiException(Reason.SERVICE_UNAVAILABLE, "error trying to reach service: " + e.getMessage(), e);
        }
        if (response.isUpgrade()) {
            if (upgrade.isEmpty()) {
                throw new ApiException(
                        Reason.SERVICE_UNAVAILABLE, "error trying to reach service: it changes the protocol unasked");
            }
            Map<String, String> headers = new LinkedHashMap<>();
            fields(response, prefix, host).forEach((name, values) -> headers.put(name, String.join(", ", values)));
            upgrades.accept(exchange, upgrade, headers, new RawRelay(backend, response.rest(), executor));
            return true;
        }
        fields(response, prefix, host)
                .forEach((name, values) -> values.forEach(value -> exchange.addHeader(name, value)));
        patience.extend(silence);
        try (OutputStream out = exchange.stream(response.status())) {
            for (ByteBuffer piece = response.next(); piece.hasRemaining(); piece = response.next()) {
                out.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
                out.flush();
                patience.extend(silence);
            }
        } catch (IOException e) {
            // What has begun cannot become a refusal: the client must see that it is not whole.
            exchange.abort(e);
        }
        return false;
    }

    private static void body(RequestWriter request, Runnable progress) {
        try {
            request.body(progress);
        } catch (IOException e) {
            LOG.debug("the body of a relayed request was not taken to its end: {}", e.toString());
        }
    }

    private static Map<String, List<String>> fields(ResponseReader response, String prefix, String host) {
        Map<String, List<String>> passed = new LinkedHashMap<>();
        for (HttpField field : response.fields()) {
            String name = field.getName();
            if (!NOT_PASSED.contains(name.toLowerCase(Locale.ROOT))) {
                String value = name.equalsIgnoreCase("Location")
                        ? Locations.seenFrom(prefix, host, field.getValue())
                        : field.getValue();
                passed.computeIfAbsent(name, key -> new java.util.ArrayList<>()).add(value == null ? "" : value);
            }
        }
        return passed;
    }
}
