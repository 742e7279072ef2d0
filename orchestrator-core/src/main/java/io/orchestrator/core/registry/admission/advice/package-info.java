/**
 * What Kubernetes tells whoever writes an object that is taken as it is: what is deprecated, what has no effect, and what is
 * probably not meant so. Nothing is refused or changed here.
 *
 * <p><b>Threading.</b> Safe for concurrent use.
 */
@NullMarked
package io.orchestrator.core.registry.admission.advice;

import org.jspecify.annotations.NullMarked;
