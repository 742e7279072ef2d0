/** Streams into pods, with the programs and libraries that people use: every kubectl that is installed, fabric8 and client-java. */
@NullMarked
package io.orchestrator.samples.streams;

import org.jspecify.annotations.NullMarked;
