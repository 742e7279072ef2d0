/** What a request is about, read from its path and its query. Pure; no HTTP library. */
@NullMarked
package io.orchestrator.apiserver.route;

import org.jspecify.annotations.NullMarked;
