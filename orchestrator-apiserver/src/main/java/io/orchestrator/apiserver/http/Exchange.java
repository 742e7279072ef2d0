package io.orchestrator.apiserver.http;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.apiserver.route.Query;
import io.orchestrator.apiserver.route.RequestPath;
import io.orchestrator.core.auth.Authenticator.Evidence;
import io.orchestrator.core.codec.SplicedJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. Confined to the thread that handles it; a stream may be handed on. The first answer counts: who
 * comes after a deadline has answered in its place is not heard, and an exchange that has ended calls back.
 */
public final class Exchange {
    /** The largest body that Kubernetes takes. */
    public static final int MAX_BODY = 3 * 1024 * 1024;

    private static final String JSON = "application/json";
    private static final String BEARER = "bearer ";
    private static final byte[] NOTHING = new byte[0];
    private static final String GZIP = "gzip";
    /** As large as Kubernetes begins to compress at. */
    private static final int WORTH_COMPRESSING = 128 * 1024;

    private static final Runnable ENDED = () -> {};
    /** Of requests that last as long as their clients like. */
    private static final Duration UNBOUNDED = Duration.ofHours(1);

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final AtomicReference<Runnable> whenEnded = new AtomicReference<>(() -> {});
    /** Of the handler's answer, until it is known to be the one that counts. */
    private HttpFields.@Nullable Mutable headers;

    private @Nullable Query query;
    private @Nullable RequestPath path;
    private byte @Nullable [] body;
    private @Nullable BooleanSupplier brief;
    private volatile int status;
    private volatile @Nullable IntConsumer counter;
    private volatile boolean overruled;
    private volatile Supplier<Duration> timeLeft = () -> UNBOUNDED;

    public Exchange(Request request, Response response, Callback callback) {
        this.request = request;
        this.response = response;
        this.callback = Callback.from(callback, this::ended);
    }

    /** The server's own threads. */
    public Executor executor() {
        return request.getComponents().getExecutor();
    }

    /** Has this run when the answer is out, or given up; at once where that has happened. The last listener takes the place of the one before. */
    public void whenEnded(Runnable listener) {
        Runnable before = whenEnded.getAndUpdate(known -> known == ENDED ? ENDED : listener);
        if (before == ENDED) {
            listener.run();
        }
    }

    /** How long its answer will still be of use; not positive once it has been answered for. */
    public Duration timeLeft() {
        return timeLeft.get();
    }

    /** Has it known how long its answer will be of use. */
    public void timeLeft(Supplier<Duration> left) {
        timeLeft = left;
    }

    /** Has the end of this exchange counted: with the answer's status, or 0 where there is none. At most once, at its beginning. */
    public void counted(IntConsumer count) {
        counter = count;
    }

    private void ended() {
        IntConsumer count = counter;
        if (count != null) {
            count.accept(status);
        }
        whenEnded.getAndSet(ENDED).run();
    }

    /** Makes this the answer that counts, with the headers set up to now. False when there is one already. */
    private boolean claim(int code) {
        if (!claimed.compareAndSet(false, true)) {
            return false;
        }
        status = code;
        response.setStatus(code);
        if (headers != null) {
            response.getHeaders().add(headers);
        }
        return true;
    }

    /** Whether there is an answer, or the beginning of one. */
    public boolean isAnswered() {
        return claimed.get();
    }

    /** The answer's status; 0 before there is one. */
    public int status() {
        return status;
    }

    public String method() {
        return request.getMethod();
    }

    /** As it came, still encoded. */
    public String rawPath() {
        String path = request.getHttpURI().getPath();
        return path == null ? "/" : path;
    }

    /**
     * Where it points. Read on first use.
     *
     * @throws IllegalArgumentException see {@link RequestPath#parse}
     */
    public RequestPath path() {
        RequestPath known = path;
        if (known == null) {
            known = RequestPath.parse(rawPath());
            path = known;
        }
        return known;
    }

    /**
     * Says that it is served without waiting for anybody, by whichever thread reads the last of it.
     *
     * @param still whether that holds when more of it has come
     */
    public void isBrief(BooleanSupplier still) {
        brief = still;
    }

    /** As was said at last. */
    boolean isBrief() {
        return brief != null;
    }

    /** Asks again; what is not brief any more never is. */
    boolean isStillBrief() {
        if (brief != null && !brief.getAsBoolean()) {
            brief = null;
        }
        return brief != null;
    }

    /** Whether no other request of its connection is under way. */
    public boolean isOneAtATime() {
        return request.getConnectionMetaData().getHttpVersion().getVersion() < HttpVersion.HTTP_2.getVersion();
    }

    /** Read on first use, so that one that cannot be read is answered like any other bad request. */
    public Query query() {
        Query known = query;
        if (known == null) {
            String raw = request.getHttpURI().getQuery();
            known = Query.parse(raw == null ? "" : raw);
            query = known;
        }
        return known;
    }

    /** As it came, still encoded; empty where there is none. */
    public String rawQuery() {
        String raw = request.getHttpURI().getQuery();
        return raw == null ? "" : raw;
    }

    /** How many bytes the body has: 0 without one, -1 where that is not known before its end. */
    public long bodyLength() {
        return RequestBody.length(request);
    }

    /** The body as it comes; reading blocks. */
    public InputStream bodyStream() {
        return Content.Source.asInputStream(request);
    }

    /** Calls back when the client goes, or is silent for too long, before its answer has ended. */
    public void onFailure(Runnable told) {
        request.addFailureListener(failure -> told.run());
    }

    /** Calls back when it is seen that the client has gone before its answer has ended. Its silence means nothing. */
    public void onLoss(Runnable told) {
        outlivesSilence();
        onFailure(told);
    }

    /**
     * That the client is silent while its answer is made says nothing of it, and other bounds hold for how long that may take. Who
     * is slow with a body, or with taking the answer, is cut off all the same.
     */
    public void outlivesSilence() {
        request.addIdleTimeoutListener(idle -> false);
    }

    /** Empty where the request has none. */
    public String header(String name) {
        String value = request.getHeaders().get(name);
        return value == null ? "" : value;
    }

    /** Host and port as the client knows them, by whichever version of HTTP; empty where it does not say. */
    public String authority() {
        String authority = request.getHttpURI().getAuthority();
        return authority == null ? header(HttpHeader.HOST.asString()) : authority;
    }

    /** By which it came: {@code https}, or {@code http} where there is no TLS. */
    public String scheme() {
        return request.isSecure() ? "https" : "http";
    }

    public List<String> headers(String name) {
        return request.getHeaders().getValuesList(name);
    }

    /** The words of a header that is a list, on however many lines. */
    public List<String> words(String name) {
        return request.getHeaders().getCSV(name, false);
    }

    /** What the client would speak over a WebSocket, in the order of its preference. */
    public List<String> subprotocols() {
        return words(SocketToken.HEADER).stream()
                .filter(word -> !SocketToken.isOne(word))
                .toList();
    }

    /** Whether there is a header whose name begins so, in any case. */
    public boolean hasHeaderLike(String prefix) {
        for (HttpField field : request.getHeaders()) {
            if (field.getName().regionMatches(true, 0, prefix, 0, prefix.length())) {
                return true;
            }
        }
        return false;
    }

    public Set<String> headerNames() {
        return request.getHeaders().getFieldNamesCollection();
    }

    /** What the caller shows to prove who it is. */
    public Evidence evidence() {
        String authorization = header(HttpHeader.AUTHORIZATION.asString());
        String token = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip()
                : WebSockets.isAskedFor(this) ? SocketToken.among(words(SocketToken.HEADER)) : "";
        Object session = request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE);
        X509Certificate[] chain = session instanceof EndPoint.SslSessionData data ? data.peerCertificates() : null;
        return new Evidence(chain == null ? List.of() : List.of(chain), token);
    }

    /** The whole body; empty where none was read. */
    public byte[] body() {
        byte[] read = body;
        return read == null ? NOTHING : read;
    }

    /** @param read the whole body, which {@link RequestBody} has read */
    void body(byte[] read) {
        body = read;
    }

    public void setHeader(String name, String value) {
        headers().put(name, value);
    }

    /** Adds one more value. */
    public void addHeader(String name, String value) {
        headers().add(name, value);
    }

    private HttpFields.Mutable headers() {
        HttpFields.Mutable known = headers;
        if (known == null) {
            known = HttpFields.build();
            headers = known;
        }
        return known;
    }

    /** Adds a warning that clients print, as RFC 7234 has it. */
    public void warn(String text) {
        String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ");
        addHeader("Warning", "299 - \"" + quoted + "\"");
    }

    /** Answers with the whole body at once; a large one compressed, where the client takes that. */
    public void answer(int status, String contentType, byte[] compact) {
        byte[] body = isForPeople(contentType) ? IndentedJson.of(compact) : compact;
        if (body.length >= WORTH_COMPRESSING && takesGzip()) {
            send(status, contentType, List.of(body).iterator());
        } else if (claim(status)) {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
            response.write(true, ByteBuffer.wrap(body), callback);
        }
    }

    /** The same with a body in pieces, which are sent as one. */
    public void answer(int status, String contentType, SplicedJson body) {
        answer(status, contentType, body.whole());
    }

    /** Answers without a body. */
    public void answer(int status) {
        if (claim(status)) {
            response.write(true, BufferUtil.EMPTY_BUFFER, callback);
        }
    }

    /**
     * Answers with a body that is put together from pieces as the client takes it. Does not block: the pieces are asked for on
     * whichever thread sends them, one at a time. Compressed where that is worth it and the client takes it.
     */
    public void answer(int status, String contentType, Iterator<byte[]> pieces) {
        send(status, contentType, isForPeople(contentType) ? new IndentedJson(pieces) : pieces);
    }

    private void send(int status, String contentType, Iterator<byte[]> pieces) {
        List<byte[]> first = new ArrayList<>();
        int length = 0;
        boolean gzip = takesGzip();
        while (gzip && length < WORTH_COMPRESSING && pieces.hasNext()) {
            byte[] piece = pieces.next();
            first.add(piece);
            length += piece.length;
        }
        Iterator<byte[]> all = first.isEmpty() ? pieces : new ChainedPieces(first.iterator(), pieces);
        if (!claim(status)) {
            return;
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        if (length < WORTH_COMPRESSING) {
            new PieceWriter(response, all, callback).iterate();
            return;
        }
        response.getHeaders().put(HttpHeader.CONTENT_ENCODING, GZIP);
        response.getHeaders().add(HttpHeader.VARY, HttpHeader.ACCEPT_ENCODING.asString());
        GzipPieces compressed = new GzipPieces(all);
        new PieceWriter(response, compressed, Callback.from(callback, compressed::close)).iterate();
    }

    private boolean isForPeople(String contentType) {
        return contentType.equals(JSON) && People.ask(pretty(), header(HttpHeader.USER_AGENT.asString()));
    }

    private String pretty() {
        try {
            return query().text("pretty");
        } catch (ApiException e) {
            // Of a query that cannot be read the answer tells.
            return "";
        }
    }

    private boolean takesGzip() {
        return !method().equals("HEAD")
                && request.getHeaders()
                        .getQualityCSV(HttpHeader.ACCEPT_ENCODING)
                        .contains(GZIP);
    }

    /**
     * Answers with an error, by whoever handles the request. An answer that has begun is cut off, so that the client does not
     * take it for whole.
     */
    public void refuse(int status, String contentType, byte[] body, int retryAfterSeconds) {
        if (retryAfterSeconds > 0) {
            setHeader(HttpHeader.RETRY_AFTER.asString(), Integer.toString(retryAfterSeconds));
        }
        if (claim(status)) {
            error(contentType, body);
        } else if (!overruled) {
            abort(new IOException("the answer could not be ended"));
        }
    }

    /**
     * Answers with an error in the place of whoever handles the request, whose own answer is not heard any more. What has begun
     * is cut off. From any thread.
     */
    public void overrule(int status, String contentType, byte[] body, int retryAfterSeconds) {
        if (claimed.compareAndSet(false, true)) {
            overruled = true;
            this.status = status;
            response.setStatus(status);
            if (retryAfterSeconds > 0) {
                response.getHeaders().put(HttpHeader.RETRY_AFTER, retryAfterSeconds);
            }
            error(contentType, body);
        } else if (!overruled) {
            abort(new TimeoutException("the answer took too long"));
        }
    }

    private void error(String contentType, byte[] compact) {
        byte[] body = isForPeople(contentType) ? IndentedJson.of(compact) : compact;
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    /**
     * Answers with a stream, whose close ends the answer. It may be silent for as long as it likes. Writing blocks while the
     * reader is slow, and fails when it takes nothing for longer than the connection's idle time.
     */
    public OutputStream stream(int status, String contentType) {
        setHeader(HttpHeader.CONTENT_TYPE.asString(), contentType);
        return stream(status);
    }

    /** The same with whatever type has been set, or none. */
    public OutputStream stream(int status) {
        if (!claim(status)) {
            return OutputStream.nullOutputStream();
        }
        return new AnswerStream(response, callback);
    }

    /**
     * Answers with a body that has no end yet, and is sent without a thread. It may be silent for as long as it likes.
     */
    public Outlet outlet(int status, String contentType) {
        setHeader(HttpHeader.CONTENT_TYPE.asString(), contentType);
        if (!claim(status)) {
            throw new IllegalStateException("there is an answer already");
        }
        return new AnswerOutlet(response, callback);
    }

    /** Answers by changing the protocol. */
    void switchProtocols(int status) {
        if (claim(status)) {
            callback.succeeded();
        }
    }

    /** Gives up on an answer that has begun, so that the client does not take it for whole. */
    public void abort(Throwable why) {
        callback.failed(why);
    }

    /** The underlying request, for upgrades. */
    public Request request() {
        return request;
    }

    public Response response() {
        return response;
    }

    public Callback callback() {
        return callback;
    }
}
