package io.orchestrator.core.cel;

import com.google.common.collect.ImmutableMap;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at expressions by all that is known of their variables, when they are written: whether types fit, and what one could cost.
 * Expressions are not evaluated by these types, as values that were stored before may have others. Immutable.
 */
public final class ExpressionChecker {
    /** Without the variable that is composed. */
    private final CelCompiler base;

    private final CelCompiler compiler;
    private final ShapeTypes types;
    private final Map<String, ValueShape> variables;
    /** The name of the variable that is composed of expressions; empty for none. */
    private final String variable;

    private final ImmutableMap<String, CelType> composed;

    private ExpressionChecker(
            CelCompiler base,
            CelCompiler compiler,
            ShapeTypes types,
            Map<String, ValueShape> variables,
            String variable,
            ImmutableMap<String, CelType> composed) {
        this.base = base;
        this.compiler = compiler;
        this.types = types;
        this.variables = variables;
        this.variable = variable;
        this.composed = composed;
    }

    public static ExpressionChecker over(Map<String, ValueShape> variables) {
        CelCompilerBuilder compiler = ExpressionCompiler.compilerBuilder(KubernetesFunctions.typedDeclarations());
        if (variables.values().stream().anyMatch(shape -> shape.type() == ValueType.ACCESS)) {
            compiler.addFunctionDeclarations(AccessFunctions.declarations());
        }
        ShapeTypes types = new ShapeTypes();
        Map<String, CelType> declared = new LinkedHashMap<>();
        variables.forEach((name, shape) -> declared.put(name, types.ofVariable(name, shape)));
        compiler.setTypeProvider(types.provider());
        declared.forEach(compiler::addVar);
        CelCompiler made = compiler.build();
        return new ExpressionChecker(made, made, types, Map.copyOf(variables), "", ImmutableMap.of());
    }

    /** The same with one more variable, an object without fields until they are {@link #declaring declared}. */
    public ExpressionChecker composing(String variable) {
        return withFields(variable, ImmutableMap.of());
    }

    /**
     * The same with one more field of the variable that is composed, which is what an expression gives: anything where it does not fit.
     *
     * @param reader by whose variables the expression is understood
     */
    public ExpressionChecker declaring(String field, String expression, ExpressionChecker reader) {
        Map<String, CelType> fields = new LinkedHashMap<>(composed);
        fields.put(field, typeOf(expression, reader.compiler));
        return withFields(variable, ImmutableMap.copyOf(fields));
    }

    private ExpressionChecker withFields(String name, ImmutableMap<String, CelType> fields) {
        StructType type =
                StructType.create("@" + name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
        CelCompiler more = base.toCompilerBuilder()
                .setTypeProvider(types.providerWith(type))
                .addVar(name, type)
                .build();
        return new ExpressionChecker(base, more, types, variables, name, fields);
    }

    private static CelType typeOf(String expression, CelCompiler compiler) {
        try {
            return compiler.compile(expression).getAst().getResultType();
        } catch (CelValidationException | StackOverflowError e) {
            // Whoever asks for the expression itself is told.
            return SimpleType.DYN;
        }
    }

    /** @throws ExpressionException saying what does not fit */
    public Checked check(String text) {
        try {
            return checked(text);
        } catch (CelValidationException e) {
            throw new ExpressionException("compilation failed: " + Issues.words(e), e);
        }
    }

    private Checked checked(String text) throws CelValidationException {
        try {
            CelAbstractSyntaxTree tree = compiler.compile(text).getAst();
            FormatClauses.check(tree);
            Literals.check(tree);
            return new Checked(tree);
        } catch (StackOverflowError e) {
            throw new ExpressionException("compilation failed: the expression is too deeply nested", e);
        }
    }

    /** What does not fit, with the places in the expression; empty where all does. */
    public Optional<String> issues(String text) {
        try {
            checked(text);
            return Optional.empty();
        } catch (CelValidationException e) {
            return Optional.of(Issues.words(e));
        } catch (ExpressionException e) {
            return Optional.of(e.getMessage().replaceFirst("^compilation failed: ", ""));
        }
    }

    /** An expression whose types fit. */
    public final class Checked {
        private final CelAbstractSyntaxTree tree;

        private Checked(CelAbstractSyntaxTree tree) {
            this.tree = tree;
        }

        /** The type of its value as expressions name it; {@code dyn} where it may be anything. */
        public String type() {
            return CelTypes.format(tree.getResultType());
        }

        /**
         * What one evaluation costs at most, in the units of Kubernetes; {@link Long#MAX_VALUE} for more than that.
         *
         * @param root whose sizes count for the items of what is worked out
         */
        public long cost(ValueShape root) {
            return new CostEstimator(tree, variables, root).cost();
        }
    }
}
