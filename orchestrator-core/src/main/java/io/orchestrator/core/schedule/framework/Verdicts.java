package io.orchestrator.core.schedule.framework;

/** The answers that are given thousands of times per pod. */
final class Verdicts {
    static final Verdict FITS = new Verdict.Fits();
    static final PreFilter PROCEED = new PreFilter.Proceed();
    static final PreFilter SKIP = new PreFilter.Skip();

    private Verdicts() {}
}
