package io.orchestrator.core.client.http;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ApiTransport;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.Watch;
import io.orchestrator.api.client.WatchListener;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.DeleteOptionsBuilder;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.PreconditionsBuilder;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceList;
import io.orchestrator.api.meta.Status;
import io.orchestrator.core.client.EmptyObjects;
import io.orchestrator.core.client.config.ClusterAccess;
import io.orchestrator.core.codec.DecodeException;
import io.orchestrator.core.codec.ListReader;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.env.Environment;
import io.orchestrator.spi.node.NodeEndpoint;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The verbs of the API over HTTPS, on any server that speaks Kubernetes.
 *
 * <p>Requests go to one server as long as it answers, and to the next of the same cluster when it does not. A request that may
 * have arrived is repeated only if it reads; of a write whose answer was lost the exception says that its outcome is unknown. A
 * server that asks to wait is waited for, within the deadline. Watches that end for another reason than age end with
 * ServiceUnavailable, and can be resumed on any server. Thread-safe.
 *
 * <p>A deletion that leaves nothing behind is answered by most servers with no more than the object's name: then that, and the
 * uid, is all that {@link #delete} returns.
 */
public final class HttpTransport implements ApiTransport {
    private final HttpSettings settings;
    private final Environment environment;
    private final ObjectCodec codec;
    private final ListReader lists;
    private final HttpCalls calls;
    private final WatchHealth health;
    private final RemotePods pods;
    private final Runnable closing;

    public HttpTransport(ClusterAccess access, HttpSettings settings, ObjectCodec codec, Environment environment) {
        this(access, settings, codec, environment, () -> {});
    }

    /** @param closing done last when it is closed, for what belongs to nobody else; must be idempotent */
    HttpTransport(
            ClusterAccess access, HttpSettings settings, ObjectCodec codec, Environment environment, Runnable closing) {
        this.closing = closing;
        this.settings = settings;
        this.environment = environment;
        this.codec = codec;
        this.lists = new ListReader(codec);
        this.calls = new HttpCalls(access, settings, new Refusals(codec), environment);
        this.health = new WatchHealth(calls::answers, settings.silence(), environment);
        this.pods = new RemotePods(calls, codec, environment);
    }

    @Override
    public <B extends Resource> B create(Target<?> target, B body, WriteOptions options) {
        ResourcePath path = ResourcePath.of(target).write(options);
        return answer(send("POST", path, HttpCall.JSON, codec.encode(body), options), kindOf(body));
    }

    @Override
    public <B extends Resource> B get(Target<?> target, Class<B> as) {
        return answer(calls.send(HttpCall.get(ResourcePath.of(target))), as);
    }

    @Override
    public <T extends Resource> ResourceList<T> list(Target<T> collection, ListOptions options) {
        byte[] body = calls.send(HttpCall.get(ResourcePath.of(collection).list(options)));
        try {
            return lists.list(body, collection.type().objectClass());
        } catch (DecodeException e) {
            throw unreadable(e);
        }
    }

    @Override
    public <T extends Resource> Watch watch(Target<T> collection, ListOptions options, WatchListener<T> listener) {
        HttpWatch<T> watch = new HttpWatch<>(
                collection.type().objectClass(), listener, codec, calls.refusals(), health, environment);
        HttpCall call = HttpCall.get(ResourcePath.of(collection).watch(options));
        // Credentials may have to be fetched first: a watch begins without a wait.
        environment.executor().execute(() -> watch.begin(calls, call));
        return watch;
    }

    @Override
    public <B extends Resource> B update(Target<?> target, B body, WriteOptions options) {
        ResourcePath path = ResourcePath.of(target).write(options);
        return answer(send("PUT", path, HttpCall.JSON, codec.encode(body), options), kindOf(body));
    }

    @Override
    public <B extends Resource> B patch(Target<?> target, Patch patch, Class<B> as, WriteOptions options) {
        boolean apply = patch.type() == Patch.Type.APPLY;
        WriteOptions complete = apply && options.fieldManager().isEmpty()
                ? new WriteOptions(
                        settings.fieldManager(),
                        options.dryRun(),
                        options.fieldValidation(),
                        options.force(),
                        options.fence())
                : options;
        ResourcePath path = ResourcePath.of(target).write(complete).ask("force", apply && options.force());
        byte[] body = patch.body().getBytes(StandardCharsets.UTF_8);
        return answer(send("PATCH", path, patch.type().mediaType(), body, complete), as);
    }

    @Override
    public <B extends Resource> B apply(Target<?> target, B body, WriteOptions options) {
        String json = new String(codec.encode(body), StandardCharsets.UTF_8);
        return patch(target, Patch.apply(json), kindOf(body), options);
    }

    @Override
    public <T extends Resource> T delete(Target<T> target, DeleteOptions options) {
        byte[] answer = calls.send(HttpCall.of(
                "DELETE", ResourcePath.of(target).delete(options), HttpCall.JSON, body(options), options.fence()));
        if (!codec.typeMeta(answer).kind().equals("Status")) {
            return answer(answer, target.type().objectClass());
        }
        Status status = answer(answer, Status.class);
        T empty = EmptyObjects.of(target.type());
        return target.type()
                .objectClass()
                .cast(empty.withMetadata(ObjectMetaBuilder.builder()
                        .name(target.name())
                        .namespace(target.namespace())
                        .uid(status.details() == null ? "" : status.details().uid())
                        .build()));
    }

    @Override
    public <T extends Resource> void deleteCollection(Target<T> collection, ListOptions which, DeleteOptions options) {
        ResourcePath path = ResourcePath.of(collection).list(which).delete(options);
        calls.send(HttpCall.of("DELETE", path, HttpCall.JSON, body(options), options.fence()));
    }

    private byte[] body(DeleteOptions options) {
        boolean conditional =
                !options.uid().isEmpty() || !options.resourceVersion().isEmpty();
        String policy = switch (options.propagation()) {
            case DEFAULT -> null;
            case ORPHAN -> "Orphan";
            case BACKGROUND -> "Background";
            case FOREGROUND -> "Foreground";
        };
        return codec.encode(DeleteOptionsBuilder.builder()
                .gracePeriodSeconds(options.gracePeriodSeconds())
                .propagationPolicy(policy)
                .preconditions(
                        conditional
                                ? PreconditionsBuilder.builder()
                                        .uid(orNull(options.uid()))
                                        .resourceVersion(orNull(options.resourceVersion()))
                                        .build()
                                : null)
                .dryRun(options.dryRun() ? List.of("All") : List.of())
                .build());
    }

    private static @org.jspecify.annotations.Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private byte[] send(String method, ResourcePath path, String mediaType, byte[] body, WriteOptions options) {
        return calls.send(HttpCall.of(method, path, mediaType, body, options.fence()));
    }

    /** @throws ApiException with reason BadRequest when the answer is of another kind, as that of some subresources is */
    private <B> B answer(byte[] body, Class<B> as) {
        try {
            return codec.decode(body, as);
        } catch (DecodeException e) {
            throw unreadable(e);
        }
    }

    private static ApiException unreadable(DecodeException e) {
        return new ApiException(Reason.INTERNAL_ERROR, "the answer of the server cannot be read: " + e.getMessage(), e);
    }

    @Override
    public NodeEndpoint pods() {
        return pods;
    }

    /** Ends watches and connections. Idempotent. */
    @Override
    public void close() {
        health.close();
        calls.close();
        closing.run();
    }

    @SuppressWarnings("unchecked") // a record's class is its kind
    private static <B extends Resource> Class<B> kindOf(B body) {
        return (Class<B>) body.getClass();
    }
}
