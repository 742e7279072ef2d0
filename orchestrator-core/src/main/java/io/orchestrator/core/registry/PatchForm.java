package io.orchestrator.core.registry;

import io.orchestrator.api.meta.Resource;
import java.util.function.UnaryOperator;

/** In which form a patch sees the object that it changes. */
@FunctionalInterface
interface PatchForm {
    PatchForm AS_STORED = (current, patch) -> patch.apply(current);

    /** The stored object after the patch; the very object that was given where the patch changes nothing. */
    Resource patched(Resource current, UnaryOperator<Resource> patch);
}
