/**
 * The records of {@code autoscaling/v2}: HorizontalPodAutoscaler and its parts; and of {@code autoscaling/v1}: {@code Scale}, the
 * shape behind every {@code /scale} subresource. Immutable; they know nothing about storage or controllers.
 */
@NullMarked
package io.orchestrator.api.model.autoscaling;

import org.jspecify.annotations.NullMarked;
