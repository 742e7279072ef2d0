package io.orchestrator.core.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Evaluations cost what Kubernetes counts, and end when that is too much. */
class ActualCostTest {
    private static final ExpressionCompiler COMPILER = ExpressionCompiler.over(Map.of("self", ValueType.ANY));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "42 | 0",
                "self | 1",
                "self.text | 2",
                "has(self.text) | 1",
                "self.list[1] | 3",
                "[1, 2, 3] | 10",
                "{'a': 1} | 30",
                "1 + 2 | 1",
                "!true | 1",
                "(false ? false : true) && false | 0",
                "true ? 1 : 2 | 0",
                "[1, 2, 3].all(x, true) | 20",
                "1 in [1, 2, 3] | 13",
                "size('abc') | 1",
                "'abc' == 'abd' | 1",
                "self.long == self.long | 14",
                "self.long + self.long | 24",
                "self.long.contains('0123456789a') | 22",
                "self.long.matches('^[0-9]+$') | 24",
                "self.long.upperAscii() | 12",
                "self.long.split('') | 22",
                "self.list.sum() | 5",
                "self.list.join() | 3",
                "[1, 2] == [1, 2] | 21",
                "sets.contains([1, 2, 3], [1, 2]) | 27",
                "self.long.find('[0-9]') | 24",
                "ip('127.0.0.1').isLoopback() | 2",
                "cidr('10.0.0.0/8').containsIP('10.0.0.1') | 6",
                "quantity('1').isLessThan(quantity('2')) | 3",
            })
    void evaluationCostsWhatKubernetesCounts(String expression, long cost) {
        Budget budget = Budget.ofRules();
        long before = budget.left();

        COMPILER.value(expression)
                .evaluate(
                        Map.of(
                                "self",
                                Map.of(
                                        "text",
                                        "a",
                                        "long",
                                        "0123456789".repeat(10),
                                        "list",
                                        expression.contains("join") ? List.of("a", "b") : List.of(1L, 2L, 3L))),
                        budget);

        assertThat(before - budget.left()).isEqualTo(cost);
    }

    private static Object evaluate(String expression, Map<String, ?> self, Budget budget) {
        return COMPILER.value(expression).evaluate(Map.of("self", self), budget);
    }

    @Test
    void oneEvaluationEndsWhereItCostsMoreThanAMillion() {
        Map<String, ?> self = Map.of("list", Collections.nCopies(1_000, 1L));
        Budget budget = Budget.ofRules();

        assertThatThrownBy(() -> evaluate("self.list.all(x, self.list.all(y, x == y))", self, budget))
                .isInstanceOf(CostLimitException.class)
                .hasMessage("operation cancelled: actual cost limit exceeded");

        assertThat(evaluate("self.list.all(x, x == 1)", self, budget)).isEqualTo(true);
    }

    @Test
    void loopsMayBeAsLongAsTheirItemsAreCheap() {
        Map<String, ?> self = Map.of("list", Collections.nCopies(100_000, 1L));

        assertThat(evaluate("self.list.all(x, x == 1)", self, Budget.ofRules())).isEqualTo(true);
    }

    @Test
    void evaluationsTogetherEndWhereTheBudgetDoes() {
        Map<String, ?> self = Map.of("list", Collections.nCopies(100_000, 1L));
        Budget budget = Budget.ofConditions();

        for (int i = 0; i < 4; i++) {
            evaluate("self.list.all(x, x == 1)", self, budget);
        }
        assertThat(budget.hasEnded()).isFalse();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 4; i++) {
                        evaluate("self.list.all(x, x == 1)", self, budget);
                    }
                })
                .isInstanceOf(OutOfBudgetException.class)
                .hasMessage("validation failed due to running out of cost budget, no further validation rules will be"
                        + " run");
        assertThat(budget.hasEnded()).isTrue();
    }

    @Test
    void valuesThatGrowByDoublingEndBeforeTheyFillTheHeap() {
        String doubling = "[[0]]" + ".map(x, x + x)".repeat(60) + ".size()";
        assertThatThrownBy(() -> evaluate(doubling, Map.of(), Budget.ofRules())).isInstanceOf(CostLimitException.class);
        String growing = "['0123456789']" + ".map(x, x + x)".repeat(60) + ".size()";
        assertThatThrownBy(() -> evaluate(growing, Map.of(), Budget.ofRules())).isInstanceOf(CostLimitException.class);
    }
}
