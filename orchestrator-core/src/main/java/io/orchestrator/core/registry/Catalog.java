package io.orchestrator.core.registry;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds that are served. Immutable; {@link #with} makes a larger one. */
public final class Catalog {
    private final Map<String, ResourceStrategy<?>> byResource;
    private final Map<String, Review<?>> reviews;

    private Catalog(Map<String, ResourceStrategy<?>> byResource, Map<String, Review<?>> reviews) {
        this.byResource = byResource;
        this.reviews = reviews;
    }

    public static Catalog of(List<ResourceStrategy<?>> strategies) {
        return new Catalog(Map.of(), Map.of()).with(strategies);
    }

    /** This catalog and these kinds; a kind that is known already is replaced. */
    public Catalog with(List<ResourceStrategy<?>> strategies) {
        Map<String, ResourceStrategy<?>> all = new LinkedHashMap<>(byResource);
        strategies.forEach(strategy -> all.put(key(strategy.type()), strategy));
        return new Catalog(all, reviews);
    }

    /** This catalog and these questions that can be asked. */
    public Catalog withReviews(List<Review<?>> more) {
        Map<String, Review<?>> all = new LinkedHashMap<>(reviews);
        more.forEach(review -> all.put(key(review.type()), review));
        return new Catalog(byResource, all);
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

    /** @throws ApiException with reason NotFound when the kind is not served */
    @SuppressWarnings("unchecked") // a strategy is stored under its own type
    public <T extends Resource> ResourceStrategy<T> strategy(ResourceType<T> type) {
        ResourceStrategy<?> strategy = byResource.get(key(type));
        if (strategy == null || strategy.type().objectClass() != type.objectClass()) {
            throw new ApiException(Reason.NOT_FOUND, "the server could not find the requested resource");
        }
        return (ResourceStrategy<T>) strategy;
    }

    /** The kind behind a path such as {@code /apis/apps/v1/deployments}. */
    public Optional<ResourceStrategy<?>> find(String group, String version, String plural) {
        ResourceStrategy<?> strategy = byResource.get(group + '/' + plural);
        return strategy != null && strategy.type().version().equals(version) ? Optional.of(strategy) : Optional.empty();
    }

    private static String key(ResourceType<?> type) {
        return type.group() + '/' + type.plural();
    }
}
