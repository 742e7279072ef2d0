/** The records of {@code authentication.k8s.io/v1}: so far the request for a service account's token. Immutable. */
@NullMarked
package io.orchestrator.api.model.authentication;

import org.jspecify.annotations.NullMarked;
