package lt.marksign.client.feign;

import feign.FeignException;
import feign.InvocationHandlerFactory;
import feign.Param;
import feign.Target;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import lt.marksign.client.error.MarkSignException;

/**
 * Stands around every generated method: what goes in is checked before Feign sees it, and what comes out is never Feign's
 * own exception.
 */
final class CheckedCalls implements InvocationHandlerFactory {
    private final InvocationHandlerFactory delegate;

    CheckedCalls(InvocationHandlerFactory delegate) {
        this.delegate = delegate;
    }

    @Override
    @SuppressWarnings("rawtypes") // Feign's signature
    public InvocationHandler create(Target target, Map<Method, MethodHandler> dispatch) {
        Map<Method, MethodHandler> checked = new LinkedHashMap<>(dispatch);
        checked.replaceAll(CheckedCalls::check);
        return delegate.create(target, checked);
    }

    private static MethodHandler check(Method method, MethodHandler handler) {
        PathTemplate path = PathTemplate.of(method);
        if (path == null) {
            return handler;
        }
        String[] pathVariables = pathVariablesByArgument(method, path);
        return arguments -> {
            for (int i = 0; i < pathVariables.length; i++) {
                if (pathVariables[i] != null) {
                    PathTemplate.check(pathVariables[i], arguments[i]);
                }
            }
            Arguments own = new Arguments(pathVariables, arguments);
            try {
                return own.pass(handler);
            } catch (FeignException e) {
                throw withoutSecrets(e, own);
            }
        };
    }

    private static RuntimeException withoutSecrets(FeignException e, Arguments arguments) {
        if (e.getCause() instanceof MarkSignException own) {
            return own;
        }
        Secrets secrets = arguments.secrets();
        return secrets.isIn(e) ? new RedactedException(e, secrets) : e;
    }

    /** One of Feign's exceptions that reads the same without the secrets. */
    private static final class RedactedException extends FeignException {
        private static final long serialVersionUID = 1L;

        RedactedException(FeignException e, Secrets secrets) {
            super(
                    e.status(),
                    secrets.hideIn(String.valueOf(e.getMessage())),
                    e.getCause() == null ? null : secrets.hideIn(e.getCause()));
            setStackTrace(e.getStackTrace());
        }
    }

    private static String[] pathVariablesByArgument(Method method, PathTemplate path) {
        Parameter[] parameters = method.getParameters();
        String[] result = new String[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            Param param = parameters[i].getAnnotation(Param.class);
            if (param != null && path.variables().contains(param.value())) {
                result[i] = param.value();
            }
        }
        return result;
    }
}
