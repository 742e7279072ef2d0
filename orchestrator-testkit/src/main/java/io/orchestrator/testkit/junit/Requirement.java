package io.orchestrator.testkit.junit;

import java.util.Optional;

/**
 * Something that a test needs of the machine. Implementations have a constructor without parameters, are asked once per
 * test run, and answer within a minute or two whatever the state of the machine is.
 */
public interface Requirement {

    /** Why the machine cannot run the test, in words for whoever reads the report; empty when it can. */
    Optional<String> missing();
}
