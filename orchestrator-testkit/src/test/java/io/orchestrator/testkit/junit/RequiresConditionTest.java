package io.orchestrator.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.AnnotatedElement;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(RequiresConditionTest.ContextResolver.class)
class RequiresConditionTest {

    private static final Map<String, String> AT_HOME = Map.of();
    private static final Map<String, String> IN_CI = Map.of("CI", "true");

    @Test
    void runsWhenNothingIsMissing(ExtensionContext context) {
        assertThat(evaluate(AT_HOME, context, NeedsNothing.class).isDisabled()).isFalse();
    }

    @Test
    void isSkippedAndNamesEverythingThatIsMissing(ExtensionContext context) {
        ConditionEvaluationResult result = evaluate(AT_HOME, context, NeedsMuch.class);

        assertThat(result.isDisabled()).isTrue();
        assertThat(result.getReason()).hasValue("no moon; no tide");
    }

    @Test
    void isSkippedWhenASuperclassRequiresIt(ExtensionContext context) {
        assertThat(evaluate(AT_HOME, context, Inherits.class).isDisabled()).isTrue();
    }

    @Test
    void failsInContinuousIntegrationInsteadOfBeingSkipped(ExtensionContext context) {
        assertThatThrownBy(() -> evaluate(IN_CI, context, NeedsMuch.class))
                .isInstanceOf(RequirementMissingException.class)
                .hasMessageStartingWith("no moon; no tide");
    }

    @Test
    void saysWhereNobodyAnswered(@TempDir Path empty) {
        assertThat(DockerEngine.missing(URI.create("unix://" + empty.resolve("docker.sock"))))
                .get()
                .asString()
                .contains("docker.sock");
        assertThat(EtcdServer.missing(URI.create("http://127.0.0.1:1")))
                .get()
                .asString()
                .contains("127.0.0.1:1");
    }

    private static ConditionEvaluationResult evaluate(
            Map<String, String> environment, ExtensionContext context, AnnotatedElement element) {
        return new RequiresCondition(environment).evaluateExecutionCondition(Elsewhere.at(element, context));
    }

    @Requires(Nothing.class)
    static class NeedsNothing {}

    @Requires(Moon.class)
    @RequiresTide
    static class NeedsMuch {}

    static class Inherits extends NeedsMuch {}

    @Requires(Tide.class)
    @java.lang.annotation.Inherited
    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
    @interface RequiresTide {}

    static final class Nothing implements Requirement {
        @Override
        public Optional<String> missing() {
            return Optional.empty();
        }
    }

    static final class Moon implements Requirement {
        @Override
        public Optional<String> missing() {
            return Optional.of("no moon");
        }
    }

    static final class Tide implements Requirement {
        @Override
        public Optional<String> missing() {
            return Optional.of("no tide");
        }
    }

    /** The real context of the running test, with another element under test. */
    private interface Elsewhere {
        static ExtensionContext at(AnnotatedElement element, ExtensionContext real) {
            return (ExtensionContext) java.lang.reflect.Proxy.newProxyInstance(
                    Elsewhere.class.getClassLoader(),
                    new Class<?>[] {ExtensionContext.class},
                    (proxy, method, arguments) -> method.getName().equals("getElement")
                            ? Optional.of(element)
                            : method.invoke(real, arguments));
        }
    }

    static final class ContextResolver implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == ExtensionContext.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context;
        }
    }
}
