/**
 * The contracts of the SPIs as abstract test classes. Whoever implements a store, a container runtime or a service proxy
 * inherits the class, says how to open a subject, and gets the whole suite, leak checks included.
 */
@NullMarked
package io.orchestrator.testkit.contract;

import org.jspecify.annotations.NullMarked;
