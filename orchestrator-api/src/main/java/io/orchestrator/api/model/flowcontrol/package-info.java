/** The records of {@code flowcontrol.apiserver.k8s.io/v1}: which requests belong together, and how many are served at a time. Immutable. */
@NullMarked
package io.orchestrator.api.model.flowcontrol;

import org.jspecify.annotations.NullMarked;
