package io.orchestrator.core.registry;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds that are served. Immutable; {@link #with} makes a larger one. */
public final class Catalog {
    private final Map<String, ResourceStrategy<?>> byResource;
    private final Map<String, Review<?>> reviews;
    private final List<ServedVersion<?, ?>> versions;

    private Catalog(
            Map<String, ResourceStrategy<?>> byResource,
            Map<String, Review<?>> reviews,
            List<ServedVersion<?, ?>> versions) {
        this.byResource = byResource;
        this.reviews = reviews;
        this.versions = versions;
    }

    public static Catalog of(List<ResourceStrategy<?>> strategies) {
        return new Catalog(Map.of(), Map.of(), List.of()).with(strategies);
    }

    /** This catalog and these kinds; a kind that is known already is replaced. */
    public Catalog with(List<ResourceStrategy<?>> strategies) {
        Map<String, ResourceStrategy<?>> all = new LinkedHashMap<>(byResource);
        strategies.forEach(strategy -> all.put(key(strategy.type()), strategy));
        return new Catalog(all, reviews, versions);
    }

    /** This catalog and further forms in which its kinds are served. */
    public Catalog withVersions(List<ServedVersion<?, ?>> more) {
        List<ServedVersion<?, ?>> all = new ArrayList<>(versions);
        all.addAll(more);
        return new Catalog(byResource, reviews, List.copyOf(all));
    }

    /** This catalog and these questions that can be asked. */
    public Catalog withReviews(List<Review<?>> more) {
        Map<String, Review<?>> all = new LinkedHashMap<>(reviews);
        more.forEach(review -> all.put(key(review.type()), review));
        return new Catalog(byResource, all, versions);
    }

    /** The kinds that are never stored. */
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

    /** The kinds that are stored. */
    public Collection<ResourceStrategy<?>> strategies() {
        return List.copyOf(byResource.values());
    }

    boolean serves(ResourceType<?> type) {
        return byResource.containsKey(key(type));
    }

    /** @throws ApiException with reason NotFound when the kind is not served */
    @SuppressWarnings("unchecked") // a strategy is stored under its own type
    public <T extends Resource> ResourceStrategy<T> strategy(ResourceType<T> type) {
        ResourceStrategy<?> strategy = byResource.get(key(type));
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
        ResourceStrategy<?> strategy = byResource.get(group + '/' + plural);
        if (strategy != null && strategy.type().version().equals(version)) {
            return Optional.of(strategy.type());
        }
        return versions.stream()
                .<ResourceType<?>>map(ServedVersion::type)
                .filter(type -> type.group().equals(group)
                        && type.version().equals(version)
                        && type.plural().equals(plural))
                .findFirst();
    }

    private static String key(ResourceType<?> type) {
        return type.group() + '/' + type.plural();
    }
}
