package lt.marksign.client.feign;

import feign.FeignException;
import feign.InvocationHandlerFactory;
import feign.Target;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import lt.marksign.client.error.MarkSignException;
import lt.marksign.client.exchange.Called;
import lt.marksign.client.exchange.Invocation;
import lt.marksign.client.secrets.Secrets;

/**
 * Stands around every generated method: what goes in is checked before Feign sees it, and what comes out is never Feign's
 * own exception.
 */
final class CheckedCalls implements InvocationHandlerFactory {
    private static final Object[] NONE = {};

    private final InvocationHandlerFactory delegate;
    private final Called.Methods methods;

    CheckedCalls(InvocationHandlerFactory delegate, Called.Methods methods) {
        this.delegate = delegate;
        this.methods = methods;
    }

    @Override
    @SuppressWarnings("rawtypes") // Feign's signature
    public InvocationHandler create(Target target, Map<Method, MethodHandler> dispatch) {
        Map<Method, MethodHandler> checked = new LinkedHashMap<>(dispatch);
        checked.replaceAll(this::check);
        return delegate.create(target, checked);
    }

    private MethodHandler check(Method method, MethodHandler handler) {
        Called called = methods.find(method);
        if (called == null) {
            return handler;
        }
        return given -> {
            // Java's proxies have null for the arguments of a method that takes none.
            Object[] arguments = given == null ? NONE : given;
            called.check(arguments);
            Invocation invocation = new Invocation(called, arguments);
            try {
                return invocation.pass(handler);
            } catch (FeignException e) {
                throw withoutSecrets(e, invocation);
            }
        };
    }

    private static RuntimeException withoutSecrets(FeignException e, Invocation invocation) {
        if (e.getCause() instanceof MarkSignException own) {
            return own;
        }
        Secrets secrets = invocation.secrets();
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
}
