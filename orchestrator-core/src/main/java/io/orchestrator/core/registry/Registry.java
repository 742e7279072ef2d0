package io.orchestrator.core.registry;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.api.model.admissionregistration.MutatingWebhookConfiguration;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicy;
import io.orchestrator.api.model.admissionregistration.ValidatingWebhookConfiguration;
import io.orchestrator.core.auth.Authorizer;
import io.orchestrator.core.auth.MastersAuthorizer;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.metrics.Gathering;
import io.orchestrator.core.metrics.MetricSource;
import io.orchestrator.core.registry.admission.Admission;
import io.orchestrator.core.registry.cache.WatchSink;
import io.orchestrator.core.registry.custom.CustomKinds;
import io.orchestrator.core.registry.policy.PolicySteps;
import io.orchestrator.core.registry.quota.QuotaLedger;
import io.orchestrator.core.registry.webhook.Conversions;
import io.orchestrator.core.registry.webhook.ReviewTransport;
import io.orchestrator.core.registry.webhook.Webhooks;
import io.orchestrator.spi.store.SelfCheck;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.Subscription;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The API without HTTP: the verbs on objects and their subresources. All answers are {@link StoredObject}s, so that readers
 * in this process share the record and readers over HTTP its bytes. Thread-safe; calls run on the caller's thread and block
 * only on the store. Every refusal is an {@link ApiException}.
 */
public final class Registry implements MetricSource, AutoCloseable {
    /** How many changes of one kind a watcher may lag behind at most: as many as the store in memory keeps of all. */
    private static final int WATCH_BOUND = 32_768;

    private final CustomKinds custom;
    private final DefinitionFeed definitions;
    private final List<ObjectFeed<?>> configurations;
    private final List<Runnable> catalogListeners = new CopyOnWriteArrayList<>();
    private volatile Catalog catalog;
    private final Caches caches;
    private final ObjectReader reader;
    private final Lists lists;
    private final Watches watches;
    private final Creation creation;
    private final Replacement replacement;
    private final Removals removals;
    private final AdmissionChain admission;
    private final Subresources subresources;
    private final Patches patches;
    private final Store store;
    private final Codec codec;
    private final Versions versions;
    private final Webhooks webhooks;
    private final Admission.Lookup lookup = new Reader();

    /** One that reaches no webhooks. */
    public Registry(Store store, Environment environment, Catalog catalog, Codec codec, List<Admission> admission) {
        this(
                store,
                environment,
                catalog,
                codec,
                admission,
                ReviewTransport.none(),
                new MastersAuthorizer(),
                WATCH_BOUND);
    }

    /** @param reviews how webhooks are reached @param authorizer whom the expressions of policies ask */
    public Registry(
            Store store,
            Environment environment,
            Catalog catalog,
            Codec codec,
            List<Admission> admission,
            ReviewTransport reviews,
            Authorizer authorizer) {
        this(store, environment, catalog, codec, admission, reviews, authorizer, WATCH_BOUND);
    }

    /** @param watchBound how many changes of one kind a watcher may lag behind before it must list again */
    public Registry(
            Store store,
            Environment environment,
            Catalog catalog,
            Codec codec,
            List<Admission> admission,
            int watchBound) {
        this(
                store,
                environment,
                catalog,
                codec,
                admission,
                ReviewTransport.none(),
                new MastersAuthorizer(),
                watchBound);
    }

    private Registry(
            Store store,
            Environment environment,
            Catalog catalog,
            Codec codec,
            List<Admission> admission,
            ReviewTransport reviews,
            Authorizer authorizer,
            int watchBound) {
        this.store = store;
        this.codec = codec;
        this.caches = new Caches(store, environment, codec, watchBound, this::catalog);
        this.custom = new CustomKinds(
                codec.objects(),
                new Conversions(codec.objects(), reviews, lookup, environment.random()),
                environment.clock(),
                catalog,
                this::publish);
        this.catalog = custom.builtIn();
        this.definitions = new DefinitionFeed(this, custom, environment);
        OwnWrites writes = new OwnWrites();
        this.reader = new ObjectReader(store, caches, writes);
        this.lists = new Lists(store, caches);
        this.watches = new Watches(caches, lists);
        ObjectWriter writer = new ObjectWriter(store, reader, writes, codec);
        this.webhooks = new Webhooks(
                codec.objects(),
                this::catalog,
                PolicySteps.judge(codec.objects(), this::catalog, authorizer),
                reviews,
                environment);
        this.configurations = List.of(
                new ObjectFeed<>(this, MutatingWebhookConfiguration.TYPE, environment, webhooks::mutating),
                new ObjectFeed<>(this, ValidatingWebhookConfiguration.TYPE, environment, webhooks::validating));
        AdmissionChain chain = new AdmissionChain(
                PolicySteps.behind(admission, codec.objects(), this::catalog, authorizer, webhooks),
                lookup,
                new QuotaLedger(new StoredQuotas(lookup, writer, this::catalog)));
        this.admission = chain;
        Ownership ownership = new Ownership(codec.account(), environment.clock());
        NameSource names = new NameSource(environment.random(), environment.clock());
        this.creation = new Creation(writer, names, chain, ownership);
        this.replacement = new Replacement(writer, chain, ownership);
        this.removals = new Removals(writer, chain, lists, environment.clock());
        GuardedRemovals guarded =
                new GuardedRemovals(this::catalog, reader, replacement, removals, lists, environment.clock());
        this.subresources = new Subresources(reader, replacement, guarded, codec, environment.clock(), lookup, chain);
        this.patches = new Patches(codec, reader, creation, replacement, subresources, environment.clock());
        this.versions = new Versions(this::catalog, codec);
    }

    /**
     * Makes the registry fit to serve: learns from the store which custom resources there are and what objects hold of shared
     * ranges, and creates the objects that every cluster has. Call it once before the first request; calling it again does no
     * harm while nothing is written.
     */
    public void start() {
        definitions.start();
        configurations.forEach(ObjectFeed::start);
        repairAllocations();
        Caller system = Caller.system("apiserver");
        catalog.strategies().forEach(strategy -> preset(strategy, system));
    }

    /**
     * Puts right who holds what of shared ranges, where a process died on its way. To be called from time to time, at intervals
     * longer than any request takes.
     */
    public void repairAllocations() {
        catalog.strategies().forEach(this::repair);
    }

    private <T extends Resource> void preset(ResourceStrategy<T> strategy, Caller system) {
        for (T object : strategy.presets()) {
            try {
                create(Target.collection(strategy.type(), ""), object, WriteOptions.defaults(), system);
            } catch (ApiException e) {
                if (!e.isAlreadyExists()) {
                    throw e;
                }
            }
        }
    }

    /** From now on these are the kinds. Readers see the one catalog or the other, never a mixture. */
    private void publish(
            Catalog changed,
            Collection<ResourceStrategy<?>> retired,
            Map<ResourceStrategy<?>, ResourceStrategy<?>> followed) {
        caches.hand(followed, () -> catalog = changed);
        caches.retire(retired);
        catalogListeners.forEach(Runnable::run);
    }

    /**
     * Has the listener run after each change of the {@link #catalog()}, by whoever made it and under its lock: it must be brief and
     * may not write. Returns what ends that.
     */
    public Runnable whenCatalogChanges(Runnable listener) {
        catalogListeners.add(listener);
        return () -> catalogListeners.remove(listener);
    }

    private <T extends Resource> void repair(ResourceStrategy<T> strategy) {
        Class<T> kind = strategy.type().objectClass();
        if (strategy.allocation().equals(Allocation.none())) {
            return;
        }
        strategy.allocation()
                .repair(lists.list(strategy, "", ListOptions.all()).objects().stream()
                        .map(stored -> kind.cast(stored.object()))
                        .toList());
    }

    /** The kinds that are served at this moment. */
    public Catalog catalog() {
        return catalog;
    }

    /** Posts an object to its collection, or a body to an action such as {@code binding}. */
    public StoredObject create(Target<?> target, Resource body, WriteOptions options, Caller caller) {
        Caller asking = versions.asking(target, caller);
        return versions.in(target, body, (stored, object) -> createIn(stored, object, options, asking));
    }

    private <T extends Resource> StoredObject createIn(
            Target<T> target, Resource body, WriteOptions options, Caller caller) {
        Optional<Review<T>> review = catalog.review(target.type());
        if (review.isPresent()) {
            T asked = Targets.body(target, body);
            String namespace = Targets.namespaceForReview(target, asked);
            return StoredObject.answer(review.get().answer().of(asked, namespace, caller, lookup), codec);
        }
        ResourceStrategy<T> strategy = catalog.strategy(target.type());
        if (!target.subresource().isEmpty()) {
            return subresources.post(object(target), target.subresource(), body, options, caller);
        }
        T object = Conformity.of(strategy, Targets.body(target, body), options, caller);
        Creation.requireName(strategy, object.metadata());
        return creation.create(strategy, Targets.namespaceForWrite(target, object), object, options, caller);
    }

    /** Reads an object or a subresource, as of now. */
    public StoredObject get(Target<?> target) {
        return versions.in(target, stored -> getAt(stored));
    }

    private <T extends Resource> StoredObject getAt(Target<T> target) {
        Optional<Computed<T>> computed = catalog.computed(target.type());
        if (computed.isPresent()) {
            return computed.get().get(target, lookup, codec);
        }
        ObjectRef<T> ref = object(target);
        return target.subresource().isEmpty() || target.subresource().equals("status")
                ? reader.get(ref)
                : subresources.get(ref, target.subresource());
    }

    public Page list(Target<?> collection, ListOptions options) {
        return versions.list(collection, options, (stored, selecting) -> listIn(stored, selecting));
    }

    private <T extends Resource> Page listIn(Target<T> collection, ListOptions options) {
        Optional<Computed<T>> computed = catalog.computed(collection.type());
        if (computed.isPresent()) {
            return computed.get().list(collection, options, lookup, codec);
        }
        return lists.list(catalog.strategy(collection.type()), Targets.namespaceForList(collection), options);
    }

    /**
     * Watches a collection; everything that can be wrong with the request is thrown, what ends the watch later comes to the
     * sink. The sink is called on the environment's executor, one call at a time.
     */
    public Subscription watch(Target<?> collection, ListOptions options, WatchSink sink) {
        return watchIn(
                versions.stored(collection), versions.options(collection, options), versions.sink(collection, sink));
    }

    private <T extends Resource> Subscription watchIn(Target<T> collection, ListOptions options, WatchSink sink) {
        return watches.watch(catalog.strategy(collection.type()), Targets.namespaceForList(collection), options, sink);
    }

    /** Replaces an object, its status, or a view of it; creates objects of kinds that may be put where there is nothing. */
    public Written update(Target<?> target, Resource body, WriteOptions options, Caller caller) {
        Caller asking = versions.asking(target, caller);
        return versions.written(target, body, (stored, object) -> updateAt(stored, object, options, asking));
    }

    private <T extends Resource> Written updateAt(
            Target<T> target, Resource body, WriteOptions options, Caller caller) {
        ObjectRef<T> ref = object(target);
        return switch (target.subresource()) {
            case "" ->
                replaceOrCreate(
                        ref,
                        Conformity.of(ref.strategy(), Targets.body(target, body), options, caller),
                        options,
                        caller);
            case "status" -> {
                Targets.requireStatus(ref.strategy());
                T object = Conformity.of(ref.strategy(), Targets.body(target, body), options, caller);
                yield Written.changed(replacement.change(
                        ref, Replacement.Part.STATUS, Replacement.to(current -> object), options, caller));
            }
            default -> Written.changed(subresources.put(ref, target.subresource(), body, options, caller));
        };
    }

    private <T extends Resource> Written replaceOrCreate(
            ObjectRef<T> ref, T object, WriteOptions options, Caller caller) {
        try {
            return Written.changed(replacement.change(
                    ref, Replacement.Part.OBJECT, Replacement.to(current -> object), options, caller));
        } catch (ApiException e) {
            if (e.isNotFound()
                    && ref.strategy().createsOnUpdate()
                    && object.metadata().resourceVersion().isEmpty()
                    && reader.find(ref).isEmpty()) {
                return Written.created(creation.create(ref.strategy(), ref.namespace(), object, options, caller));
            }
            throw e;
        }
    }

    /** Changes an object or a subresource; an apply creates what is not there. */
    public Written patch(Target<?> target, Patch patch, WriteOptions options, Caller caller) {
        Patch understood = versions.apply(target, patch, options, caller);
        PatchForm form = versions.form(target);
        Caller asking = versions.asking(target, caller);
        return versions.written(target, stored -> patchAt(stored, understood, form, options, asking));
    }

    private <T extends Resource> Written patchAt(
            Target<T> target, Patch patch, PatchForm form, WriteOptions options, Caller caller) {
        return patches.patch(object(target), target.subresource(), patch, form, options, caller);
    }

    /** Server-side apply of a record: what it sets beyond its kind's empty values. */
    public Written apply(Target<?> target, Resource body, WriteOptions options, Caller caller) {
        Caller asking = versions.asking(target, caller);
        return versions.written(target, body, (stored, object) -> applyAt(stored, object, options, asking));
    }

    private <T extends Resource> Written applyAt(Target<T> target, Resource body, WriteOptions options, Caller caller) {
        return patches.apply(object(target), target.subresource(), body, options, caller);
    }

    /** Deletes an object, or begins to: {@link Removed#gone} tells. */
    public Removed delete(Target<?> target, DeleteOptions options, Caller caller) {
        Removed removed = deleteAt(versions.stored(target), options, versions.asking(target, caller));
        return new Removed(versions.shown(target, removed.object()), removed.gone());
    }

    private <T extends Resource> Removed deleteAt(Target<T> target, DeleteOptions options, Caller caller) {
        return removals.delete(object(target), options, caller);
    }

    /** Deletes all that the selectors match. Returns them as they were when their deletion was asked for. */
    public List<StoredObject> deleteCollection(
            Target<?> collection, ListOptions which, DeleteOptions options, Caller caller) {
        Caller asking = versions.asking(collection, caller);
        return deleteIn(versions.stored(collection), versions.options(collection, which), options, asking).stream()
                .map(object -> versions.shown(collection, object))
                .toList();
    }

    private <T extends Resource> List<StoredObject> deleteIn(
            Target<T> collection, ListOptions which, DeleteOptions options, Caller caller) {
        ResourceStrategy<T> strategy = catalog.strategy(collection.type());
        if (!strategy.deletesMany()) {
            throw new ApiException(
                    Reason.METHOD_NOT_ALLOWED, "the server does not allow this method on the requested resource");
        }
        return removals.deleteAll(strategy, Targets.namespaceForList(collection), which, options, caller);
    }

    /**
     * Lets a connection into an object, such as {@code exec}, pass admission. Nothing is stored.
     *
     * @param options what is asked for
     */
    public void connect(Target<?> target, ConnectOptions options, Caller caller) {
        connectTo(target, options, caller);
    }

    private <T extends Resource> void connectTo(Target<T> target, ConnectOptions options, Caller caller) {
        AdmissionChain.Asked<Unstructured> asked = new AdmissionChain.Asked<>(
                Admission.Operation.CONNECT,
                object(target),
                target.subresource(),
                options.kind(),
                WriteOptions.defaults(),
                caller);
        if (!admission.mutate(asked, options.body(), null).equals(options.body())) {
            throw new ApiException(
                    Reason.INTERNAL_ERROR,
                    "Internal error occurred: admission changed the options of a connection, which is not supported");
        }
        admission.check(asked, options.body(), null, null);
    }

    private <T extends Resource> ObjectRef<T> object(Target<T> target) {
        return Targets.object(catalog.strategy(target.type()), target);
    }

    /** What admission and answers to questions see of the other objects. */
    private final class Reader implements Admission.Lookup {
        @Override
        public <T extends Resource> Optional<T> find(ResourceType<T> type, String namespace, String name) {
            return reader.find(new ObjectRef<>(catalog.strategy(type), namespace, name))
                    .map(stored -> type.objectClass().cast(stored.object()));
        }

        @Override
        public <T extends Resource> Optional<T> known(ResourceType<T> type, String namespace, String name) {
            return reader.known(new ObjectRef<>(catalog.strategy(type), namespace, name))
                    .map(stored -> type.objectClass().cast(stored.object()));
        }

        @Override
        public <T extends Resource> List<T> list(ResourceType<T> type, String namespace) {
            Catalog served = catalog;
            return served.serves(type) ? lists.atHand(served.strategy(type), namespace) : List.of();
        }
    }

    /** Whether writes are judged by webhooks, which have to be waited for, or by policies, which may take long, as is known now. */
    public boolean asksOthers() {
        return webhooks.any()
                || !lists.atHand(catalog.strategy(ValidatingAdmissionPolicy.TYPE), "")
                        .isEmpty();
    }

    /** Why the store takes no writes at this moment, where it knows; see {@link SelfCheck}. */
    public Optional<String> storeFault() {
        return store instanceof SelfCheck check ? check.fault() : Optional.empty();
    }

    /** How much each cache holds, and how many watch it. */
    @Override
    public void report(Gathering gathering) {
        caches.report(gathering);
    }

    /** Ends all watches and stops following the store, which stays open: it belongs to whoever opened it. Idempotent. */
    @Override
    public void close() {
        configurations.forEach(ObjectFeed::close);
        definitions.close();
        caches.close();
    }
}
