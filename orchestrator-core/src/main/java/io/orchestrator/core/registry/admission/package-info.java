/**
 * Steps between a decoded request and the store: each may change the object or refuse it, in a fixed order.
 *
 * <p><b>Threading.</b> Steps are safe for concurrent use and keep no state of a request. <b>Neighbours.</b> The registry calls
 * them; they read other objects through the {@link io.orchestrator.core.registry.admission.Admission.Lookup} they are given.
 */
@NullMarked
package io.orchestrator.core.registry.admission;

import org.jspecify.annotations.NullMarked;
