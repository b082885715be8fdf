package lt.marksign.client.call;

import feign.Contract;
import feign.FeignException;
import feign.InvocationHandlerFactory;
import feign.InvocationHandlerFactory.MethodHandler;
import feign.MethodMetadata;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes a {@link GatewayCall} of each call of a generated method, and checks its arguments before Feign sees them. */
final class CheckedCalls {
    private static final Object[] NONE = {};

    private final CallSettings settings;
    private final Map<Method, MethodMetadata> methods = new ConcurrentHashMap<>();

    CheckedCalls(CallSettings settings) {
        this.settings = settings;
    }

    /** Returns a contract that notes what Feign reads from the annotations. */
    Contract around(Contract contract) {
        return type -> {
            List<MethodMetadata> parsed = contract.parseAndValidateMetadata(type);
            parsed.forEach(method -> methods.put(method.method(), method));
            return parsed;
        };
    }

    InvocationHandlerFactory around(InvocationHandlerFactory factory) {
        return (target, dispatch) -> {
            Map<Method, MethodHandler> checked = new LinkedHashMap<>(dispatch);
            checked.replaceAll((method, handler) ->
                    methods.containsKey(method) ? arguments -> call(methods.get(method), handler, arguments) : handler);
            Map<Method, MethodHandler> called = new LinkedHashMap<>(checked);
            if (OperationName.ENGLISH_TARGET.equals(target.name())) {
                called.replaceAll((method, handler) -> checked.getOrDefault(OperationName.inEnglish(method), handler));
            }
            return factory.create(target, called);
        };
    }

    private Object call(MethodMetadata method, MethodHandler handler, Object[] given) throws Throwable {
        // Java's proxies have null for the arguments of a method that takes none.
        GatewayCall call = GatewayCall.begin(method, given == null ? NONE : given, settings);
        call.tellBegun();
        try {
            call.check();
            Object result = call.proceed(handler);
            call.tellEnded(null);
            return result;
        } catch (FeignException e) {
            RuntimeException hidden = withoutSecrets(e, call.secrets());
            call.tellEnded(hidden);
            throw hidden;
        } catch (Throwable e) {
            call.tellEnded(e);
            throw e;
        }
    }

    /** Feign's message about an interceptor or a capability that fails has the URL in it. */
    private static RuntimeException withoutSecrets(FeignException e, Secrets secrets) {
        return secrets.isIn(e) ? new HiddenException(e, secrets) : e;
    }

    private static final class HiddenException extends FeignException {
        private static final long serialVersionUID = 1L;

        HiddenException(FeignException e, Secrets secrets) {
            super(
                    e.status(),
                    secrets.hideIn(String.valueOf(e.getMessage())),
                    e.getCause() == null ? null : secrets.hideIn(e.getCause()));
            setStackTrace(e.getStackTrace());
        }
    }
}
