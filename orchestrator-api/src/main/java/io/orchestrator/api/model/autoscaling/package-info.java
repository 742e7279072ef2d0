/**
 * The records of the {@code autoscaling/v1} group that the API needs so far: {@code Scale}, the shape behind every
 * {@code /scale} subresource. Immutable.
 */
@NullMarked
package io.orchestrator.api.model.autoscaling;

import org.jspecify.annotations.NullMarked;
