package io.orchestrator.core.schedule.framework;

/** Is told of placements that were made. */
public interface PostBindPlugin extends Plugin {

    /** Called once per binding of this scheduler, on its loop: it must be quick. A failure is logged and changes nothing. */
    void postBind(Cycle cycle, String node);
}
