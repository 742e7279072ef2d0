/**
 * The process runtime: a container is a process of the host, and a pod is a loopback address that its processes bind. The
 * default, since it needs neither Docker nor root. Passes the runtime contract of the testkit.
 */
@NullMarked
package io.orchestrator.core.runtime;

import org.jspecify.annotations.NullMarked;
