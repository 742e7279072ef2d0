/**
 * A custom resource in Java: a record, one line that defines it, and a reconciler. The application runs in the build, so what it
 * shows works. It uses the public surface only.
 */
@NullMarked
package io.orchestrator.samples.custom;

import org.jspecify.annotations.NullMarked;
