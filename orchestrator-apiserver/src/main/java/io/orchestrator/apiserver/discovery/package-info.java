/** What a server offers, as clients ask for it: the aggregated document and the legacy lists. Pure. */
@NullMarked
package io.orchestrator.apiserver.discovery;

import org.jspecify.annotations.NullMarked;
