package io.orchestrator.core.cel;

import com.google.common.collect.Sets;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** Compiles expressions over one set of variables, with the functions that Kubernetes has. Immutable. */
public final class ExpressionCompiler {
    private static final int LONGEST = 10_240;
    private static final int DEEPEST = 100;

    /** As of the second version of that library, which Kubernetes 1.32 has; {@code format} is ours. */
    private static final CelStringExtensions STRINGS = CelExtensions.strings(Sets.difference(
            EnumSet.allOf(CelStringExtensions.Function.class), EnumSet.of(CelStringExtensions.Function.REVERSE)));

    private final CelCompiler compiler;
    private final CelRuntime runtime;

    private ExpressionCompiler(CelCompiler compiler, CelRuntime runtime) {
        this.compiler = compiler;
        this.runtime = runtime;
    }

    private static CelOptions options() {
        return CelOptions.current()
                // What loops cost is counted as they run.
                .comprehensionMaxIterations(-1)
                .maxParseRecursionDepth(DEEPEST)
                .maxExpressionCodePointSize(LONGEST)
                .enableRegexPartialMatch(true)
                .enableTimestampEpoch(true)
                .enableHeterogeneousNumericComparisons(true)
                .evaluateCanonicalTypesToNativeValues(true)
                .build();
    }

    /**
     * A compiler that knows no variable yet, and all functions.
     *
     * @param functions those that Kubernetes adds
     */
    static CelCompilerBuilder compilerBuilder(List<CelFunctionDecl> functions) {
        CelOptions options = options();
        return CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(options)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(STRINGS, CelExtensions.optional(), CelExtensions.sets(options))
                .addFunctionDeclarations(functions);
    }

    public static ExpressionCompiler over(Map<String, ValueType> variables) {
        CelOptions options = options();
        CelCompilerBuilder compiler = compilerBuilder(KubernetesFunctions.declarations());
        variables.forEach((name, type) -> compiler.addVar(name, type.type()));
        boolean access = variables.containsValue(ValueType.ACCESS);
        if (access) {
            compiler.addFunctionDeclarations(AccessFunctions.declarations());
        }
        CelRuntimeBuilder runtime = CelRuntimeFactory.standardCelRuntimeBuilder()
                .setOptions(options)
                .setStandardEnvironmentEnabled(false)
                .setStandardFunctions(TextConversions.others())
                .addFunctionBindings(TextConversions.bindings())
                .addLibraries(STRINGS, CelExtensions.optional(), CelExtensions.sets(options))
                .addFunctionBindings(KubernetesFunctions.bindings());
        if (access) {
            runtime.addFunctionBindings(AccessFunctions.bindings());
        }
        return new ExpressionCompiler(compiler.build(), runtime.build());
    }

    /** @throws ExpressionException when it makes no sense, or cannot give a truth value */
    public Expression condition(String text) {
        return compiled(text, SimpleType.BOOL);
    }

    /** @throws ExpressionException when it makes no sense, or cannot give a text */
    public Expression text(String text) {
        return compiled(text, SimpleType.STRING);
    }

    /** @throws ExpressionException when it makes no sense, or can give neither a text nor null */
    public Expression textOrNull(String text) {
        Expression expression = compiled(text, SimpleType.DYN);
        if (!expression.isTextOrNull()) {
            throw new ExpressionException("must evaluate to one of [string null_type] but got " + expression.type());
        }
        return expression;
    }

    /** @throws ExpressionException when it makes no sense */
    public Expression value(String text) {
        return compiled(text, SimpleType.DYN);
    }

    private Expression compiled(String text, CelType wanted) {
        try {
            CelAbstractSyntaxTree tree = EmptySums.typed(compiler.compile(text).getAst());
            FormatClauses.check(tree);
            CelType found = tree.getResultType();
            if (!wanted.equals(SimpleType.DYN) && !found.equals(wanted) && !found.equals(SimpleType.DYN)) {
                throw new ExpressionException(
                        "must evaluate to " + wanted.name() + " but got " + CelTypes.format(found));
            }
            return new Expression(tree, runtime.createProgram(tree), wanted.equals(SimpleType.DYN) ? null : wanted);
        } catch (CelValidationException e) {
            throw new ExpressionException("compilation failed: " + Issues.words(e), e);
        } catch (CelEvaluationException e) {
            throw new ExpressionException("compilation failed: " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw new ExpressionException("compilation failed: the expression is too deeply nested", e);
        }
    }
}
