package io.orchestrator.core.registry;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The kinds that are served. Immutable; {@link #with} makes a larger one. What changes at run time is which catalog a registry
 * has, so that readers need no lock. A kind may have several strategies, one for each version of a custom resource.
 */
public final class Catalog {
    private final Map<String, ResourceStrategy<?>> byVersion;
    private final Map<String, ResourceStrategy<?>> byResource = new LinkedHashMap<>();
    /** By the very instance that names a type nearly everywhere: each request asks for several kinds. */
    private final IdentityHashMap<ResourceType<?>, ResourceStrategy<?>> byType = new IdentityHashMap<>();

    private final Map<String, Review<?>> reviews;
    private final Map<String, Computed<?>> computed;
    private final List<ServedVersion<?, ?>> versions;

    private Catalog(
            Map<String, ResourceStrategy<?>> byVersion,
            Map<String, Review<?>> reviews,
            Map<String, Computed<?>> computed,
            List<ServedVersion<?, ?>> versions) {
        this.byVersion = byVersion;
        byVersion.values().forEach(strategy -> {
            byResource.putIfAbsent(key(strategy.type()), strategy);
            if (!computed.containsKey(versioned(strategy.type()))) {
                byType.put(strategy.type(), strategy);
            }
        });
        this.reviews = reviews;
        this.computed = computed;
        this.versions = versions;
    }

    public static Catalog of(List<ResourceStrategy<?>> strategies) {
        return new Catalog(Map.of(), Map.of(), Map.of(), List.of()).with(strategies);
    }

    /** This catalog and these kinds; one that is known already in that version is replaced. */
    public Catalog with(List<ResourceStrategy<?>> strategies) {
        Map<String, ResourceStrategy<?>> all = new LinkedHashMap<>(byVersion);
        strategies.forEach(strategy -> all.put(versioned(strategy.type()), strategy));
        return new Catalog(all, reviews, computed, versions);
    }

    /** This catalog and further forms in which its kinds are served. */
    public Catalog withVersions(List<ServedVersion<?, ?>> more) {
        List<ServedVersion<?, ?>> all = new ArrayList<>(versions);
        all.addAll(more);
        return new Catalog(byVersion, reviews, computed, List.copyOf(all));
    }

    /** This catalog and these questions that can be asked. */
    public Catalog withReviews(List<Review<?>> more) {
        Map<String, Review<?>> all = new LinkedHashMap<>(reviews);
        more.forEach(review -> all.put(key(review.type()), review));
        return new Catalog(byVersion, all, computed, versions);
    }

    /** This catalog and these kinds that are computed when they are read. */
    public Catalog withComputed(List<Computed<?>> more) {
        Map<String, Computed<?>> all = new LinkedHashMap<>(computed);
        more.forEach(each -> all.put(versioned(each.type()), each));
        return new Catalog(byVersion, reviews, all, versions);
    }

    /** The kinds that are computed when they are read. */
    public Collection<Computed<?>> computed() {
        return List.copyOf(computed.values());
    }

    @SuppressWarnings("unchecked") // a computed kind is kept under its own type
    <T extends Resource> Optional<Computed<T>> computed(ResourceType<T> type) {
        Computed<?> found = computed.get(versioned(type));
        return found != null && found.type().objectClass() == type.objectClass()
                ? Optional.of((Computed<T>) found)
                : Optional.empty();
    }

    /** The questions that can be asked. */
    public Collection<Review<?>> reviews() {
        return List.copyOf(reviews.values());
    }

    /** The question behind a path such as {@code /apis/authorization.k8s.io/v1/subjectaccessreviews}. */
    public Optional<Review<?>> findReview(String group, String version, String plural) {
        Review<?> review = reviews.get(group + '/' + plural);
        return review != null && review.type().version().equals(version) ? Optional.of(review) : Optional.empty();
    }

    @SuppressWarnings("unchecked") // a review is kept under its own type
    <T extends Resource> Optional<Review<T>> review(ResourceType<T> type) {
        Review<?> review = reviews.get(key(type));
        return review != null && review.type().objectClass() == type.objectClass()
                ? Optional.of((Review<T>) review)
                : Optional.empty();
    }

    /** The kinds that are stored, custom resources in each of their versions. */
    public Collection<ResourceStrategy<?>> strategies() {
        return List.copyOf(byVersion.values());
    }

    /** Whether this resource is served in any version. */
    public boolean serves(String group, String plural) {
        return byResource.containsKey(group + '/' + plural);
    }

    /** Every stored resource once, whatever versions it has. */
    public List<ResourceType<?>> resources() {
        List<ResourceType<?>> types = new ArrayList<>();
        byResource.values().forEach(strategy -> types.add(strategy.type()));
        return types;
    }

    boolean serves(ResourceType<?> type) {
        return byType.containsKey(type) || byResource.containsKey(key(type));
    }

    /**
     * @throws ApiException with reason NotFound when the kind is not served, MethodNotAllowed when it is computed and thus has
     *     nothing to write to or to watch
     */
    @SuppressWarnings("unchecked") // a strategy is stored under its own type
    public <T extends Resource> ResourceStrategy<T> strategy(ResourceType<T> type) {
        ResourceStrategy<?> known = byType.get(type);
        if (known != null) {
            return (ResourceStrategy<T>) known;
        }
        ResourceStrategy<?> strategy = byVersion.get(versioned(type));
        Computed<?> readOnly = computed.get(versioned(type));
        if (readOnly != null) {
            throw new ApiException(Reason.METHOD_NOT_ALLOWED, readOnly.refusal());
        }
        if (strategy == null || strategy.type().objectClass() != type.objectClass()) {
            throw new ApiException(Reason.NOT_FOUND, "the server could not find the requested resource");
        }
        return (ResourceStrategy<T>) strategy;
    }

    /** The forms in which kinds are served besides the one in which they are stored. */
    public List<ServedVersion<?, ?>> versions() {
        return versions;
    }

    /** The form of this type; empty when it is the form in which its objects are stored, or not served. */
    public Optional<ServedVersion<?, ?>> version(ResourceType<?> type) {
        for (ServedVersion<?, ?> version : versions) {
            if (version.type().equals(type)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /** The kind behind a path such as {@code /apis/apps/v1/deployments}, in the version that the path names. */
    public Optional<ResourceType<?>> find(String group, String version, String plural) {
        ResourceStrategy<?> strategy = byVersion.get(group + '/' + version + '/' + plural);
        if (strategy != null) {
            return Optional.of(strategy.type());
        }
        Computed<?> read = computed.get(group + '/' + version + '/' + plural);
        if (read != null) {
            return Optional.of(read.type());
        }
        return versions.stream()
                .<ResourceType<?>>map(ServedVersion::type)
                .filter(type -> type.group().equals(group)
                        && type.version().equals(version)
                        && type.plural().equals(plural))
                .findFirst();
    }

    /** The strategy of exactly this type; empty where it is another form of a stored kind, or not served. */
    public Optional<ResourceStrategy<?>> stored(ResourceType<?> type) {
        ResourceStrategy<?> known = byType.get(type);
        return Optional.ofNullable(known == null ? byVersion.get(versioned(type)) : known);
    }

    private static String versioned(ResourceType<?> type) {
        return type.group() + '/' + type.version() + '/' + type.plural();
    }

    private static String key(ResourceType<?> type) {
        return type.group() + '/' + type.plural();
    }
}
