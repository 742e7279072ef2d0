package io.orchestrator.api.model.core;

/** Values of unsatisfiable constraint action. */
public final class UnsatisfiableConstraintAction {
    public static final String DO_NOT_SCHEDULE = "DoNotSchedule";
    public static final String SCHEDULE_ANYWAY = "ScheduleAnyway";

    private UnsatisfiableConstraintAction() {}
}
