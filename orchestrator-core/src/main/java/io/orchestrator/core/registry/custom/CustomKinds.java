package io.orchestrator.core.registry.custom;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.apiextensions.CustomResourceConversion;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinitionNames;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinitionSpec;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinitionStatus;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinitionVersion;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.registry.Catalog;
import io.orchestrator.core.registry.ResourceStrategy;
import io.orchestrator.core.registry.webhook.Conversions;
import io.orchestrator.core.schema.DefinitionNames;
import io.orchestrator.core.shape.SchemaBuilder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kinds that definitions add to those that have records. Knows all definitions, and makes a new catalog whenever one of
 * them changes what is served.
 *
 * <p><b>Threading.</b> Thread-safe. Definitions are taken in under a lock, by whoever writes or follows them; readers of the
 * catalog never meet it.
 */
public final class CustomKinds {
    public static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";

    private static final Logger LOG = LoggerFactory.getLogger(CustomKinds.class);

    private final SchemaBuilder schemas;
    private final RuleCompiler rules = new RuleCompiler();
    private final DefinitionValidation validation;
    private final Conversions conversions;
    private final Clock clock;
    private final Catalog builtIn;
    private final Publication publish;
    private final Object lock = new Object();

    /** Told what is served from now on. Brief. */
    @FunctionalInterface
    public interface Publication {
        /**
         * These are the kinds now.
         *
         * @param retired what is served no longer, or in another form
         * @param followed what is served in the same form by another strategy, and by which
         */
        void publish(
                Catalog catalog,
                Collection<ResourceStrategy<?>> retired,
                Map<ResourceStrategy<?>, ResourceStrategy<?>> followed);
    }

    @GuardedBy("lock")
    private final Map<String, Known> known = new HashMap<>();

    /**
     * A definition as far as it was followed.
     *
     * @param definition null once it is gone
     */
    private record Known(
            long revision, @Nullable CustomResourceDefinition definition, List<ResourceStrategy<?>> served) {}

    /**
     * @param conversions between versions, where a definition names a webhook for them
     * @param builtIn the kinds that have records, that of definitions aside
     * @param publish told of each new catalog
     */
    public CustomKinds(ObjectCodec codec, Conversions conversions, Clock clock, Catalog builtIn, Publication publish) {
        this.schemas = new SchemaBuilder(codec);
        this.validation = new DefinitionValidation(schemas, rules);
        this.conversions = conversions;
        this.clock = clock;
        this.builtIn = builtIn.with(List.of(definitions()));
        this.publish = publish;
    }

    /** The catalog while there are no definitions. */
    public Catalog builtIn() {
        return builtIn;
    }

    private ResourceStrategy<CustomResourceDefinition> definitions() {
        return ResourceStrategy.of(CustomResourceDefinition.TYPE)
                .defaults(CustomKinds::defaulted)
                .prepareCreate(this::fresh)
                .prepareUpdate(this::changed)
                .judgement(validation::check)
                .updateValidation(validation::update)
                .statusValidation(validation::check)
                .status((definition, source) -> definition.withStatus(source.status()))
                .generationOf(CustomResourceDefinition::spec)
                .onWrite(this::written)
                .build();
    }

    private static CustomResourceDefinition defaulted(CustomResourceDefinition definition) {
        CustomResourceDefinitionSpec spec = definition.spec();
        CustomResourceDefinitionNames names = spec.names();
        String kind = names.kind();
        CustomResourceDefinitionNames complete = names.with(
                each -> each.singular(names.singular().isEmpty() ? kind.toLowerCase(Locale.ROOT) : names.singular())
                        .listKind(names.listKind().isEmpty() && !kind.isEmpty() ? kind + "List" : names.listKind()));
        CustomResourceConversion conversion =
                spec.conversion() == null ? new CustomResourceConversion("None", null) : spec.conversion();
        return definition.withSpec(spec.with(each -> each.names(complete).conversion(conversion)));
    }

    private CustomResourceDefinition fresh(CustomResourceDefinition definition) {
        List<String> finalizers = new ArrayList<>(definition.metadata().finalizers());
        if (!finalizers.contains(FINALIZER)) {
            finalizers.add(FINALIZER);
        }
        CustomResourceDefinition bare = defaulted(definition)
                .withStatus(CustomResourceDefinitionStatus.EMPTY)
                .withMetadata(ObjectMetaBuilder.builder(definition.metadata())
                        .finalizers(finalizers)
                        .build());
        return judged(withStoredVersion(bare));
    }

    private CustomResourceDefinition changed(CustomResourceDefinition wanted, CustomResourceDefinition current) {
        CustomResourceDefinition complete = defaulted(wanted);
        CustomResourceDefinition stored = withStoredVersion(complete);
        return complete.spec().names().equals(current.spec().names()) ? stored : judged(stored);
    }

    private static CustomResourceDefinition withStoredVersion(CustomResourceDefinition definition) {
        List<String> stored = new ArrayList<>(definition.status().storedVersions());
        definition.spec().versions().stream()
                .filter(CustomResourceDefinitionVersion::storage)
                .map(CustomResourceDefinitionVersion::name)
                .filter(name -> !stored.contains(name))
                .forEach(stored::add);
        return definition.withStatus(definition.status().withStoredVersions(stored));
    }

    private CustomResourceDefinition judged(CustomResourceDefinition definition) {
        return definition.withStatus(DefinitionNames.judge(definition, all(), clock.instant()));
    }

    private List<CustomResourceDefinition> all() {
        List<CustomResourceDefinition> all = new ArrayList<>();
        synchronized (lock) {
            for (Known each : known.values()) {
                CustomResourceDefinition definition = each.definition();
                if (definition != null) {
                    all.add(definition);
                }
            }
        }
        return all;
    }

    /**
     * Takes in a definition as it was written or followed. What is known to be newer stays.
     *
     * @param removed whether it is gone
     */
    public void written(CustomResourceDefinition definition, boolean removed) {
        long revision = Long.parseLong("0" + definition.metadata().resourceVersion());
        String name = definition.metadata().name();
        synchronized (lock) {
            Known before = known.get(name);
            if (before != null && (before.revision() > revision || before.revision() == revision && !removed)) {
                return;
            }
            List<ResourceStrategy<?>> then = before == null ? List.of() : before.served();
            boolean alike = !removed && before != null && hasFormOf(before.definition(), definition);
            boolean same = alike && before != null && isLeaving(before.definition()) == isLeaving(definition);
            List<ResourceStrategy<?>> now = removed ? List.of() : same ? then : serve(definition);
            known.put(name, new Known(revision, removed ? null : definition, now));
            if (!same) {
                boolean follows = alike && now.size() == then.size();
                publish.publish(catalog(), follows ? List.of() : then, follows ? followed(then, now) : Map.of());
            }
        }
    }

    private static Map<ResourceStrategy<?>, ResourceStrategy<?>> followed(
            List<ResourceStrategy<?>> then, List<ResourceStrategy<?>> now) {
        Map<ResourceStrategy<?>, ResourceStrategy<?>> followed = new HashMap<>();
        for (int i = 0; i < then.size(); i++) {
            followed.put(then.get(i), now.get(i));
        }
        return followed;
    }

    /**
     * Forgets all others: they went while nobody told.
     *
     * @param revision as of which these are all
     */
    public void keepOnly(Set<String> names, long revision) {
        List<CustomResourceDefinition> gone = all().stream()
                .filter(each -> !names.contains(each.metadata().name())
                        && Long.parseLong(each.metadata().resourceVersion()) <= revision)
                .toList();
        gone.forEach(each -> written(
                each.withMetadata(ObjectMetaBuilder.builder(each.metadata())
                        .resourceVersion(Long.toString(revision))
                        .build()),
                true));
    }

    /** Whether nothing can be created any more, though what is there is still served. */
    private static boolean isLeaving(@Nullable CustomResourceDefinition definition) {
        return definition != null && definition.metadata().deletionTimestamp() != null;
    }

    /** Whether a change of a definition leaves the form of what is served as it is: most write just a condition. */
    private static boolean hasFormOf(@Nullable CustomResourceDefinition before, CustomResourceDefinition now) {
        return before != null
                && before.spec().equals(now.spec())
                && before.status().acceptedNames().equals(now.status().acceptedNames())
                && DefinitionNames.isTrue(before, DefinitionNames.ESTABLISHED)
                        == DefinitionNames.isTrue(now, DefinitionNames.ESTABLISHED);
    }

    private List<ResourceStrategy<?>> serve(CustomResourceDefinition definition) {
        boolean shadowed = builtIn.serves(
                definition.spec().group(), definition.spec().names().plural());
        if (shadowed || !DefinitionNames.isTrue(definition, DefinitionNames.ESTABLISHED)) {
            return List.of();
        }
        List<ResourceStrategy<?>> served = new ArrayList<>();
        try {
            for (CustomResourceDefinitionVersion version :
                    VersionOrder.sorted(definition.spec().versions())) {
                if (version.served()) {
                    served.add(CustomStrategy.of(definition, version, schemas, rules, conversions));
                }
            }
        } catch (RuntimeException e) {
            // It was accepted by another version of this program: what cannot be read cannot be served.
            LOG.error("{} cannot be served: {}", definition.metadata().name(), e.toString());
            return List.of();
        }
        return served;
    }

    @GuardedBy("lock")
    private Catalog catalog() {
        List<ResourceStrategy<?>> all = new ArrayList<>();
        known.values().forEach(each -> all.addAll(each.served()));
        return builtIn.with(all);
    }
}
