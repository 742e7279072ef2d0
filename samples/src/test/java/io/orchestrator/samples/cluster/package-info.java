/** The launcher and whole clusters, driven as users drive them: with kubectl, with HTTP and with Java. */
@NullMarked
package io.orchestrator.samples.cluster;

import org.jspecify.annotations.NullMarked;
