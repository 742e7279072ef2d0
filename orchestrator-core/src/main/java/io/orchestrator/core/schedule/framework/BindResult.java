package io.orchestrator.core.schedule.framework;

import io.orchestrator.api.client.ApiException;

/** How a placement stands. */
public sealed interface BindResult {
    /** The pod has this node, whoever gave it. */
    record Bound(String node) implements BindResult {}

    /** The pod is there and waits. */
    record Unbound() implements BindResult {}

    /** There is no such pod any more. */
    record Gone() implements BindResult {}

    /** The answer was no; nothing was written and nothing will be. */
    record Refused(ApiException why) implements BindResult {}

    /** Nobody knows: the write may have been made, or may still be. */
    record Unknown(ApiException why) implements BindResult {}
}
