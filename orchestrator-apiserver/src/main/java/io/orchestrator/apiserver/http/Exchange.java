package io.orchestrator.apiserver.http;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.apiserver.route.Query;
import io.orchestrator.core.auth.Authenticator.Evidence;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** One request and its answer. Confined to the thread that handles it; a stream may be handed on. */
public final class Exchange {
    /** The largest body that Kubernetes takes. */
    public static final int MAX_BODY = 3 * 1024 * 1024;

    /** How much of a larger one is read and dropped. */
    private static final int MAX_DRAINED = 8 * MAX_BODY;

    private static final String BEARER = "bearer ";

    private final Request request;
    private final Response response;
    private final Callback callback;
    private @org.jspecify.annotations.Nullable Query query;

    public Exchange(Request request, Response response, Callback callback) {
        this.request = request;
        this.response = response;
        this.callback = callback;
    }

    public String method() {
        return request.getMethod();
    }

    /** As it came, still encoded. */
    public String rawPath() {
        String path = request.getHttpURI().getPath();
        return path == null ? "/" : path;
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
        long said = request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
        if (said >= 0) {
            return said;
        }
        boolean streamed = request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)
                || (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2 && mayHaveBody());
        return streamed ? -1 : 0;
    }

    private boolean mayHaveBody() {
        return switch (method()) {
            case "POST", "PUT", "PATCH" -> true;
            default -> false;
        };
    }

    /** The body as it comes; reading blocks. */
    public InputStream bodyStream() {
        return Content.Source.asInputStream(request);
    }

    /** Calls back when the client goes, or is silent for too long, before its answer has ended. */
    public void onFailure(Runnable told) {
        request.addFailureListener(failure -> told.run());
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

    public List<String> headers(String name) {
        return request.getHeaders().getValuesList(name);
    }

    /** The words of a header that is a list, on however many lines. */
    public List<String> words(String name) {
        return request.getHeaders().getCSV(name, false);
    }

    public Set<String> headerNames() {
        return request.getHeaders().getFieldNamesCollection();
    }

    /** What the caller shows to prove who it is. */
    public Evidence evidence() {
        String authorization = header(HttpHeader.AUTHORIZATION.asString());
        String token = authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? authorization.substring(BEARER.length()).strip()
                : "";
        Object session = request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE);
        X509Certificate[] chain = session instanceof EndPoint.SslSessionData data ? data.peerCertificates() : null;
        return new Evidence(chain == null ? List.of() : List.of(chain), token);
    }

    /**
     * The whole body.
     *
     * @throws ApiException with reason RequestEntityTooLarge when it is larger than {@link #MAX_BODY}, whatever its length
     *     header says
     */
    public byte[] body() throws IOException {
        if (request.getLength() > MAX_DRAINED) {
            throw tooLarge();
        }
        try (InputStream in = Content.Source.asInputStream(request)) {
            byte[] body = in.readNBytes(MAX_BODY + 1);
            if (body.length > MAX_BODY) {
                // Many clients read no answer before they have sent their body.
                in.skip(MAX_DRAINED);
                throw tooLarge();
            }
            return body;
        }
    }

    private static ApiException tooLarge() {
        return new ApiException(Reason.REQUEST_ENTITY_TOO_LARGE, "Request entity too large: limit is " + MAX_BODY);
    }

    public void setHeader(String name, String value) {
        response.getHeaders().put(name, value);
    }

    /** Adds one more value. */
    public void addHeader(String name, String value) {
        response.getHeaders().add(name, value);
    }

    /** Adds a warning that clients print, as RFC 7234 has it. */
    public void warn(String text) {
        String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ");
        response.getHeaders().add("Warning", "299 - \"" + quoted + "\"");
    }

    /** Answers with the whole body at once. */
    public void answer(int status, String contentType, byte[] body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    /** Answers without a body. */
    public void answer(int status) {
        response.setStatus(status);
        response.write(true, BufferUtil.EMPTY_BUFFER, callback);
    }

    /**
     * Answers with a stream, whose close ends the answer. It may be silent for as long as it likes. Writing blocks while the
     * reader is slow, and fails when it takes nothing for longer than the connection's idle time.
     */
    public OutputStream stream(int status, String contentType) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        return new AnswerStream(response, callback);
    }

    /** The same with whatever type has been set, or none. */
    public OutputStream stream(int status) {
        response.setStatus(status);
        return new AnswerStream(response, callback);
    }

    public boolean isCommitted() {
        return response.isCommitted();
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
