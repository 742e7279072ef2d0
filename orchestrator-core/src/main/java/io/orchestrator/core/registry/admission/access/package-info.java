/**
 * Steps of admission that ask who may do what: nobody hands out rights beyond their own.
 *
 * <p><b>Threading.</b> Safe for concurrent use, no state. <b>Neighbours.</b> {@code core.auth} decides.
 */
@NullMarked
package io.orchestrator.core.registry.admission.access;

import org.jspecify.annotations.NullMarked;
