package io.orchestrator.testkit.junit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** Decides about {@link Requires}: run, skip, or fail under CI. Asks each requirement once per run of the tests. */
final class RequiresCondition implements ExecutionCondition {

    private static final Namespace ANSWERS = Namespace.create(RequiresCondition.class);

    private final Map<String, String> environment;

    RequiresCondition() {
        this(System.getenv());
    }

    RequiresCondition(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        List<String> missing =
                AnnotationSupport.findRepeatableAnnotations(context.getElement(), Requires.class).stream()
                        .flatMap(requires -> missing(requires.value(), context).stream())
                        .toList();
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("everything that it requires is there");
        }
        String why = String.join("; ", missing);
        if ("true".equals(environment.get("CI"))) {
            throw new RequirementMissingException(why + " (CI=true: this test may not be skipped)");
        }
        return ConditionEvaluationResult.disabled(why);
    }

    @SuppressWarnings("unchecked")
    private static Optional<String> missing(Class<? extends Requirement> requirement, ExtensionContext context) {
        return (Optional<String>) context.getRoot()
                .getStore(ANSWERS)
                .getOrComputeIfAbsent(
                        requirement, type -> ReflectionSupport.newInstance(type).missing());
    }
}
