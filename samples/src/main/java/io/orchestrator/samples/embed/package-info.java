/** A small host application: a cluster inside of it, driven through the typed client, with no port opened. */
@NullMarked
package io.orchestrator.samples.embed;

import org.jspecify.annotations.NullMarked;
