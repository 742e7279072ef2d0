/** The records of {@code apiregistration.k8s.io/v1}: which server serves which group and version of the API. Immutable. */
@NullMarked
package io.orchestrator.api.model.apiregistration;

import org.jspecify.annotations.NullMarked;
