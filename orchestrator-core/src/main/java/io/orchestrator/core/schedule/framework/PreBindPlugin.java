package io.orchestrator.core.schedule.framework;

/** Brings about what must be so before the pod is bound. */
public interface PreBindPlugin extends Plugin {

    /**
     * Asked until it says {@link PreBinding#ready()}: at first, and after every change of an object of a kind that it reads. It
     * compares what is with what must be, and names the objects to be written. Level-based: it must not matter whether a write
     * it named before was made, lost or made late.
     *
     * @param objects as they are seen now, without what was assumed
     */
    PreBinding preBind(Cycle cycle, NodeView node, KnownObjects objects);
}
