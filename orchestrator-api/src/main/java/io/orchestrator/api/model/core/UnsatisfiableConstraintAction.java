package io.orchestrator.api.model.core;

/** Known values of an unsatisfiable constraint action; others are stored just as well. */
public final class UnsatisfiableConstraintAction {
    public static final String DO_NOT_SCHEDULE = "DoNotSchedule";
    public static final String SCHEDULE_ANYWAY = "ScheduleAnyway";

    private UnsatisfiableConstraintAction() {}
}
