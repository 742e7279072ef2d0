package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Fence;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.DeleteOptions;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.Binding;
import io.orchestrator.api.model.core.ComponentStatus;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.apiserver.http.Exchange;
import io.orchestrator.apiserver.http.Outlet;
import io.orchestrator.apiserver.http.SocketOutlet;
import io.orchestrator.apiserver.http.WebSockets;
import io.orchestrator.apiserver.route.RequestPath;
import io.orchestrator.core.auth.UserInfo;
import io.orchestrator.core.codec.SplicedJson;
import io.orchestrator.core.embed.ControlPlane;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.Page;
import io.orchestrator.core.registry.Registry;
import io.orchestrator.core.registry.Removed;
import io.orchestrator.core.registry.ResourceStrategy;
import io.orchestrator.core.registry.Review;
import io.orchestrator.core.registry.ServedVersion;
import io.orchestrator.core.registry.StoredObject;
import io.orchestrator.core.registry.Subresource;
import io.orchestrator.core.registry.Written;
import io.orchestrator.spi.store.Subscription;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The verbs on resources: translates a request for the registry and its answer for the client. Thread-safe. */
final class ResourceHandler {
    private static final int OK = 200;
    private static final int CREATED = 201;

    private final Registry registry;
    private final OpenWatches watches;
    private final WebSockets webSockets;
    private final BodyReader bodies;
    private final Representation forms;

    ResourceHandler(ControlPlane plane, OpenWatches watches, WebSockets webSockets) {
        this.webSockets = webSockets;
        this.registry = plane.registry();
        this.watches = watches;
        this.bodies = new BodyReader(plane.codec());
        this.forms =
                new Representation(registry, plane.codec(), plane.environment().clock());
    }

    void handle(Exchange exchange, RequestPath.OfResource path, String verb, UserInfo user) throws IOException {
        Optional<Review<?>> review = registry.catalog().findReview(path.group(), path.version(), path.plural());
        if (review.isPresent()) {
            ask(exchange, path, verb, user, review.get());
            return;
        }
        if (isBindings(path)) {
            bind(exchange, path, verb, user);
            return;
        }
        ResourceType<?> type = registry.catalog()
                .find(path.group(), path.version(), path.plural())
                .orElseThrow(
                        () -> new ApiException(Reason.NOT_FOUND, "the server could not find the requested resource"));
        if (!path.rest().isEmpty()) {
            throw new ApiException(Reason.NOT_FOUND, "the server could not find the requested resource");
        }
        handle(exchange, path, verb, user, type);
    }

    private static boolean isBindings(RequestPath.OfResource path) {
        return path.group().isEmpty()
                && path.version().equals(Binding.TYPE.version())
                && path.plural().equals(Binding.TYPE.plural())
                && path.name().isEmpty();
    }

    /** The older way to bind a pod, whose name is that of the binding. */
    private void bind(Exchange exchange, RequestPath.OfResource path, String verb, UserInfo user) throws IOException {
        if (!verb.equals("create") || path.namespace().isEmpty()) {
            throw methodNotAllowed();
        }
        Accept.Form form = Accept.parse(exchange.header("Accept")).choose(forms.offerWithoutTables(Binding.TYPE));
        Caller caller = caller(exchange, user);
        WriteOptions options = requireNoForce(RequestOptions.write(exchange.query()));
        Binding binding = (Binding) read(exchange, Binding.TYPE, options, caller);
        Target<Pod> pod =
                new Target<>(Pod.TYPE, path.namespace(), binding.metadata().name(), "binding");
        object(exchange, CREATED, registry.create(pod, binding, options, caller), pod, form);
    }

    private <T extends Resource> void ask(
            Exchange exchange, RequestPath.OfResource path, String verb, UserInfo user, Review<T> review)
            throws IOException {
        if (!verb.equals("create")) {
            throw methodNotAllowed();
        }
        Accept.Form form = Accept.parse(exchange.header("Accept")).choose(forms.offerWithoutTables(review.type()));
        Target<T> target = new Target<>(review.type(), path.namespace(), path.name(), path.subresource());
        Caller caller = caller(exchange, user);
        WriteOptions options = requireNoForce(writeOptions(exchange));
        Resource body = read(exchange, review.type(), options, caller);
        object(exchange, CREATED, registry.create(target, body, options, caller), target, form);
    }

    private <T extends Resource> void handle(
            Exchange exchange, RequestPath.OfResource path, String verb, UserInfo user, ResourceType<T> type)
            throws IOException {
        Target<T> target = new Target<>(type, path.namespace(), path.name(), path.subresource());
        Accept accept = Accept.parse(exchange.header("Accept"));
        Accept.Offer offer = forms.offer(type);
        Accept.Form form = verb.equals("watch") ? accept.chooseStream(offer) : accept.choose(offer);
        String warning =
                registry.catalog().stored(type).map(ResourceStrategy::warning).orElse("");
        if (!warning.isEmpty()) {
            exchange.warn(warning);
        }
        if (type.equals(ComponentStatus.TYPE)) {
            exchange.warn("v1 ComponentStatus is deprecated in v1.19+");
        }
        switch (verb) {
            case "get" -> object(exchange, OK, registry.get(target), target, form);
            case "list" -> list(exchange, target, form);
            case "watch" -> watch(exchange, Target.collection(type, path.namespace()), path.name(), form);
            case "create" -> create(exchange, target, form, caller(exchange, user));
            case "update" -> update(exchange, target, form, caller(exchange, user));
            case "patch" -> patch(exchange, target, form, caller(exchange, user));
            case "delete" -> delete(exchange, target, form, caller(exchange, user));
            case "deletecollection" -> deleteCollection(exchange, target, form, caller(exchange, user));
            default -> throw methodNotAllowed();
        }
    }

    private void written(Exchange exchange, Written written, Target<?> target, Accept.Form form) {
        object(exchange, written.created() ? CREATED : OK, written.object(), target, form);
    }

    private void object(Exchange exchange, int status, StoredObject object, Target<?> target, Accept.Form form) {
        SplicedJson body =
                forms.object(object, target.type(), form, exchange.query().text("includeObject"));
        exchange.answer(status, form.encoding().mediaType(), body);
    }

    private <T extends Resource> void list(Exchange exchange, Target<T> collection, Accept.Form form)
            throws IOException {
        ListOptions options = RequestOptions.list(exchange.query());
        page(exchange, registry.list(collection, options), collection, form);
    }

    private void page(Exchange exchange, Page page, Target<?> collection, Accept.Form form) throws IOException {
        String include = exchange.query().text("includeObject");
        exchange.answer(OK, form.encoding().mediaType(), forms.page(page, collection.type(), form, include));
    }

    /** @param name of the one object that the older form of a watch may be about; empty for all */
    private <T extends Resource> void watch(Exchange exchange, Target<T> collection, String name, Accept.Form form)
            throws IOException {
        ListOptions all = RequestOptions.list(exchange.query());
        ListOptions options = name.isEmpty() ? all : all.fields(and(all.fieldSelector(), "metadata.name=" + name));
        boolean socket = WebSockets.isAskedFor(exchange);
        WatchAnswer.Form shown =
                forms.watch(collection.type(), form, exchange.query().text("includeObject"), socket);
        // What is wrong with the request must be known before the answer begins.
        DeferredSink sink = new DeferredSink();
        Subscription subscription;
        try {
            subscription = registry.watch(collection, options, sink);
        } catch (ApiException e) {
            if (!e.isExpired()) {
                throw e;
            }
            // As Kubernetes has it: a watch that comes too late stands, and is told so.
            subscription = () -> {};
            sink.refuse(e);
        }
        if (socket) {
            WatchSocket end = new WatchSocket(
                    subscription, sink, opened -> answer(new SocketOutlet(opened, shown.isText()), shown));
            webSockets.accept(exchange, onlyOne(exchange.subprotocols()), end, end::abandon);
            return;
        }
        WatchAnswer answer = answer(exchange.outlet(OK, form.encoding().watchType()), shown);
        exchange.onLoss(answer::lost);
        answer.follow(subscription);
        answer.begin();
        // Also when the client has gone already: the task that brings the first event must not wait for ever.
        sink.open(answer);
    }

    private static String and(String selector, String more) {
        return selector.isEmpty() ? more : selector + "," + more;
    }

    /** A watch has no subprotocol, and speaks any that is named alone. */
    private static String onlyOne(List<String> subprotocols) {
        return subprotocols.size() == 1 ? subprotocols.get(0) : "";
    }

    private WatchAnswer answer(Outlet outlet, WatchAnswer.Form form) {
        return new WatchAnswer(outlet, form, watches);
    }

    private <T extends Resource> void create(Exchange exchange, Target<T> target, Accept.Form form, Caller caller)
            throws IOException {
        if (!target.name().isEmpty() && target.subresource().isEmpty()) {
            throw methodNotAllowed();
        }
        WriteOptions options = requireNoForce(writeOptions(exchange));
        Resource body = read(exchange, bodyType(target), options, caller);
        object(exchange, CREATED, registry.create(target, body, options, caller), target, form);
    }

    private <T extends Resource> void update(Exchange exchange, Target<T> target, Accept.Form form, Caller caller)
            throws IOException {
        if (target.name().isEmpty()) {
            throw methodNotAllowed();
        }
        WriteOptions options = requireNoForce(writeOptions(exchange));
        Resource body = read(exchange, bodyType(target), options, caller);
        written(exchange, registry.update(target, body, options, caller), target, form);
    }

    private <T extends Resource> void patch(Exchange exchange, Target<T> target, Accept.Form form, Caller caller)
            throws IOException {
        if (target.name().isEmpty()) {
            throw methodNotAllowed();
        }
        String mediaType = BodyReader.mediaType(exchange.header("Content-Type"));
        Patch.Type type = Arrays.stream(Patch.Type.values())
                .filter(each -> each.mediaType().equals(mediaType))
                .findFirst()
                .orElseThrow(() -> new ApiException(
                        Reason.UNSUPPORTED_MEDIA_TYPE,
                        "the body of the request was in an unknown format - accepted media types include: "
                                + "application/json-patch+json, application/merge-patch+json, "
                                + "application/strategic-merge-patch+json, application/apply-patch+yaml"));
        WriteOptions options = writeOptions(exchange);
        boolean apply = type == Patch.Type.APPLY;
        if (apply && options.fieldManager().isEmpty()) {
            throw PatchRules.managerRequired();
        }
        if (!apply) {
            requireNoForce(options);
        }
        Patch patch = new Patch(type, bodies.patch(exchange.body(), apply));
        written(exchange, registry.patch(target, patch, options, caller), target, form);
    }

    private <T extends Resource> void delete(Exchange exchange, Target<T> target, Accept.Form form, Caller caller)
            throws IOException {
        if (!target.subresource().isEmpty()) {
            throw methodNotAllowed();
        }
        Removed removed = registry.delete(target, deleteOptions(exchange, caller), caller);
        if (!removed.gone()) {
            object(exchange, OK, removed.object(), target, form);
            return;
        }
        ResourceType<T> type = target.type();
        String uid = removed.object().object().metadata().uid();
        exchange.answer(
                OK,
                form.encoding().mediaType(),
                forms.bodies()
                        .record(StatusBody.deleted(type.group(), type.plural(), target.name(), uid), form.encoding()));
    }

    private <T extends Resource> void deleteCollection(
            Exchange exchange, Target<T> collection, Accept.Form form, Caller caller) throws IOException {
        ListOptions which = RequestOptions.list(exchange.query());
        List<StoredObject> deleted =
                registry.deleteCollection(collection, which, deleteOptions(exchange, caller), caller);
        page(exchange, new Page(0, deleted, "", null), collection, form);
    }

    private io.orchestrator.api.client.DeleteOptions deleteOptions(Exchange exchange, Caller caller)
            throws IOException {
        byte[] body = exchange.body();
        if (body.length == 0) {
            return RequestOptions.delete(null, exchange.query()).fencedBy(fence(exchange));
        }
        WriteOptions lenient = WriteOptions.defaults();
        DeleteOptions options = bodies.read(
                body,
                exchange.header("Content-Type"),
                DeleteOptions.class,
                "",
                "DeleteOptions",
                lenient.fieldValidation(),
                read -> List.of(),
                caller.warnings());
        return RequestOptions.delete(options, exchange.query()).fencedBy(fence(exchange));
    }

    private Resource read(Exchange exchange, ResourceType<?> type, WriteOptions options, Caller caller)
            throws IOException {
        return bodies.read(
                exchange.body(),
                exchange.header("Content-Type"),
                type.objectClass(),
                type.apiVersion(),
                type.kind(),
                options.fieldValidation(),
                body -> registry.catalog()
                        .stored(type)
                        .map(strategy -> unknownTo(strategy, body))
                        .orElse(List.of()),
                caller.warnings());
    }

    private static <T extends Resource> List<String> unknownTo(ResourceStrategy<T> strategy, Resource body) {
        Class<T> kind = strategy.type().objectClass();
        return kind.isInstance(body) ? strategy.conforming(kind.cast(body)).problems() : List.of();
    }

    /** The kind that is posted or put there: that of the resource, or of its subresource. */
    private <T extends Resource> ResourceType<?> bodyType(Target<T> target) {
        ResourceType<?> stored = registry.catalog()
                .version(target.type())
                .<ResourceType<?>>map(ServedVersion::stored)
                .orElse(target.type());
        return registry.catalog()
                .strategy(stored)
                .subresource(target.subresource())
                .<ResourceType<?>>map(Subresource::body)
                .orElse(target.type());
    }

    private static WriteOptions writeOptions(Exchange exchange) {
        return RequestOptions.write(exchange.query()).fencedBy(fence(exchange));
    }

    private static @Nullable Fence fence(Exchange exchange) {
        String said = exchange.header(Fence.HEADER);
        return said.isEmpty() ? null : Fence.parse(said);
    }

    private static WriteOptions requireNoForce(WriteOptions options) {
        if (options.force()) {
            throw PatchRules.forceForbidden();
        }
        return options;
    }

    static Caller caller(Exchange exchange, UserInfo user) {
        return new Caller(
                user.name(),
                user.uid(),
                user.groups(),
                user.extra(),
                agentName(exchange.header("User-Agent")),
                exchange::warn,
                exchange::timeLeft,
                null);
    }

    /** The default field manager: the program's name, as in {@code kubectl/v1.32.0 (linux/amd64)}. */
    private static String agentName(String agent) {
        int end = agent.indexOf('/');
        String name = end < 0 ? agent : agent.substring(0, end);
        return name.isBlank() ? "unknown" : name.strip();
    }

    private static ApiException methodNotAllowed() {
        return new ApiException(
                Reason.METHOD_NOT_ALLOWED, "the server does not allow this method on the requested resource");
    }
}
