/** What our own client does, the same in process and over HTTPS, and what only the latter can be put through. */
@NullMarked
package io.orchestrator.samples.client;

import org.jspecify.annotations.NullMarked;
