//! The words of headings and keys on pages that are not English.
//!
//! A heading in lower case comes in, the English one that means the same goes out ([`english`]).

/// Headings, each list with the English one first that it means.
const HEADINGS: [(&str, &[&str]); 15] = [
    (
        "request",
        &[
            "solicitud",
            "petición",
            "peticion",
            "requisição",
            "requisicao",
            "solicitação",
            "requête",
            "anfrage",
            "请求",
            "リクエスト",
            "요청",
        ],
    ),
    (
        "endpoint",
        &[
            "punto de acceso",
            "接口地址",
            "请求地址",
            "请求url",
            "请求路径",
            "接口url",
            "エンドポイント",
            "엔드포인트",
        ],
    ),
    (
        "method",
        &[
            "método",
            "metodo",
            "méthode",
            "methode",
            "请求方式",
            "请求方法",
            "http请求方式",
            "メソッド",
            "메서드",
        ],
    ),
    (
        "parameters",
        &[
            "parámetros",
            "parametros",
            "parámetros de la solicitud",
            "parámetros de solicitud",
            "parâmetros",
            "parâmetros da requisição",
            "parâmetros de entrada",
            "parámetros de entrada",
            "paramètres",
            "参数",
            "请求参数",
            "参数说明",
            "请求参数说明",
            "パラメータ",
            "パラメーター",
            "リクエストパラメータ",
            "リクエストパラメーター",
            "파라미터",
            "요청 파라미터",
        ],
    ),
    (
        "path parameters",
        &[
            "parámetros de ruta",
            "parámetros de path",
            "parâmetros de rota",
            "parâmetros de caminho",
            "parâmetros de path",
            "paramètres de chemin",
            "pfadparameter",
            "路径参数",
            "パスパラメータ",
            "パスパラメーター",
            "경로 파라미터",
        ],
    ),
    (
        "query parameters",
        &[
            "parámetros de consulta",
            "parámetros de query",
            "parâmetros de consulta",
            "parâmetros de query",
            "paramètres de requête",
            "abfrageparameter",
            "查询参数",
            "query参数",
            "クエリパラメータ",
            "クエリパラメーター",
            "쿼리 파라미터",
        ],
    ),
    (
        "headers",
        &[
            "encabezados",
            "cabeceras",
            "cabeçalhos",
            "cabeçalho",
            "en-têtes",
            "kopfzeilen",
            "请求头",
            "请求头参数",
            "header参数",
            "リクエストヘッダー",
            "요청 헤더",
        ],
    ),
    (
        "request body",
        &[
            "cuerpo",
            "cuerpo de la solicitud",
            "cuerpo de la petición",
            "corpo da requisição",
            "corpo da solicitação",
            "corps de la requête",
            "anfragetext",
            "请求体",
            "请求体参数",
            "请求体字段",
            "body参数",
            "リクエストボディ",
            "요청 본문",
        ],
    ),
    (
        "request example",
        &[
            "ejemplo de solicitud",
            "ejemplo de petición",
            "exemplo de requisição",
            "exemplo de solicitação",
            "exemple de requête",
            "beispielanfrage",
            "请求示例",
            "リクエスト例",
            "요청 예시",
        ],
    ),
    (
        "response",
        &[
            "respuesta",
            "respuestas",
            "parámetros de respuesta",
            "resposta",
            "respostas",
            "parâmetros de resposta",
            "parâmetros da resposta",
            "réponse",
            "réponses",
            "antwort",
            "响应",
            "返回",
            "返回值",
            "返回结果",
            "返回参数",
            "响应参数",
            "响应字段",
            "返回字段",
            "返回值说明",
            "返回参数说明",
            "响应参数说明",
            "レスポンス",
            "レスポンスパラメータ",
            "응답",
        ],
    ),
    (
        "response example",
        &[
            "ejemplo de respuesta",
            "exemplo de resposta",
            "exemple de réponse",
            "beispielantwort",
            "返回示例",
            "响应示例",
            "返回结果示例",
            "レスポンス例",
            "응답 예시",
        ],
    ),
    (
        "error codes",
        &[
            "códigos de error",
            "códigos de erro",
            "errores",
            "erros",
            "codes d'erreur",
            "fehlercodes",
            "错误码",
            "错误代码",
            "エラーコード",
            "에러 코드",
        ],
    ),
    (
        "status codes",
        &[
            "códigos de estado",
            "códigos de respuesta",
            "códigos de status",
            "状态码",
            "ステータスコード",
            "상태 코드",
        ],
    ),
    (
        "authentication",
        &[
            "autenticación",
            "autenticação",
            "authentification",
            "authentifizierung",
            "认证",
            "鉴权",
            "認証",
            "인증",
        ],
    ),
    (
        "content type",
        &["tipo de contenido", "tipo de conteúdo", "type de contenu", "请求类型", "コンテンツタイプ"],
    ),
];

/// The English heading that a heading in lower case means.
pub(super) fn english(heading: &str) -> Option<&'static str> {
    let found = HEADINGS.iter().find(|(_, others)| others.contains(&heading));
    found.map(|(english, _)| *english)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_heading_means_two_things() {
        let all: Vec<&str> = HEADINGS.iter().flat_map(|(_, others)| others.iter().copied()).collect();
        let mut once = all.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), all.len());
        assert!(all.iter().all(|heading| heading.to_lowercase() == **heading));
    }
}
