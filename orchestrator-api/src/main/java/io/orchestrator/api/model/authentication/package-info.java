/** The records of {@code authentication.k8s.io/v1}: requests for tokens and reviews of who somebody is. Immutable. */
@NullMarked
package io.orchestrator.api.model.authentication;

import org.jspecify.annotations.NullMarked;
