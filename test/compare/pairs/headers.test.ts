import { tryPairs } from './pairs.js';

// Names of HTTP headers have no case (RFC 9110, section 5.1); what stands in headers has.
tryPairs([
  {
    because: 'a policy lists headers',
    type: 'AWS::CloudFront::CachePolicy',
    desired: {
      CachePolicyConfig: {
        ParametersInCacheKeyAndForwardedToOrigin: {
          HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Authorization', 'X-Tenant'] },
        },
      },
    },
    live: {
      CachePolicyConfig: {
        ParametersInCacheKeyAndForwardedToOrigin: {
          HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['x-tenant', 'authorization'] },
        },
      },
    },
  },
  {
    because: 'a policy names headers to add, and those to take away',
    type: 'AWS::CloudFront::ResponseHeadersPolicy',
    desired: {
      ResponseHeadersPolicyConfig: {
        CustomHeadersConfig: { Items: [{ Header: 'X-Frame', Value: 'Deny', Override: true }] },
        RemoveHeadersConfig: { Items: [{ Header: 'Server' }] },
        CorsConfig: { AccessControlAllowHeaders: { Items: ['Content-Type'] } },
      },
    },
    live: {
      ResponseHeadersPolicyConfig: {
        CustomHeadersConfig: { Items: [{ Header: 'x-frame', Value: 'Deny', Override: true }] },
        RemoveHeadersConfig: { Items: [{ Header: 'server' }] },
        CorsConfig: { AccessControlAllowHeaders: { Items: ['content-type'] } },
      },
    },
  },
  {
    because: 'what stands in a header is what was written',
    type: 'AWS::CloudFront::ResponseHeadersPolicy',
    desired: {
      ResponseHeadersPolicyConfig: { CustomHeadersConfig: { Items: [{ Header: 'X-Mode', Value: 'Strict' }] } },
    },
    live: {
      ResponseHeadersPolicyConfig: { CustomHeadersConfig: { Items: [{ Header: 'X-Mode', Value: 'strict' }] } },
    },
    drift: ['/ResponseHeadersPolicyConfig/CustomHeadersConfig/Items/0/Value'],
  },
  {
    because: 'API Gateway returns headers of CORS in lower case, methods in upper case',
    type: 'AWS::ApiGatewayV2::Api',
    desired: {
      CorsConfiguration: {
        AllowHeaders: ['Content-Type', 'Authorization'],
        AllowMethods: ['get', 'POST'],
        ExposeHeaders: ['Date'],
      },
    },
    live: {
      CorsConfiguration: {
        AllowHeaders: ['authorization', 'content-type'],
        AllowMethods: ['POST', 'GET'],
        ExposeHeaders: ['date'],
      },
    },
  },
  {
    because: 'a function URL lists headers, in no order though the schema says so',
    type: 'AWS::Lambda::Url',
    desired: {
      Cors: { AllowHeaders: ['X-Api-Key', 'Content-Type'], AllowMethods: ['POST', 'GET'], ExposeHeaders: ['Date'] },
    },
    live: {
      Cors: { AllowHeaders: ['content-type', 'x-api-key'], AllowMethods: ['GET', 'POST'], ExposeHeaders: ['date'] },
    },
  },
  {
    because: 'a rule matches a header',
    type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    desired: {
      Conditions: [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'User-Agent', Values: ['*Bot*'] } }],
    },
    live: {
      Conditions: [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'user-agent', Values: ['*Bot*'] } }],
    },
  },
  {
    because: 'what a header must hold is what was written',
    type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    desired: {
      Conditions: [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-A', Values: ['Beta'] } }],
    },
    live: { Conditions: [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-A', Values: ['beta'] } }] },
    drift: ['/Conditions/0/HttpHeaderConfig/Values/0'],
  },
  {
    because: 'a rule matches a header',
    type: 'AWS::VpcLattice::Rule',
    desired: { Match: { HttpMatch: { HeaderMatches: [{ Name: 'X-Tenant', Match: { Exact: 'A' } }] } } },
    live: { Match: { HttpMatch: { HeaderMatches: [{ Name: 'x-tenant', Match: { Exact: 'A' } }] } } },
  },
  {
    because: 'logs leave a header out',
    type: 'AWS::WAFv2::LoggingConfiguration',
    desired: { RedactedFields: [{ SingleHeader: { Name: 'Authorization' } }, { QueryString: {} }] },
    live: { RedactedFields: [{ QueryString: {} }, { SingleHeader: { Name: 'authorization' } }] },
  },
  {
    because: 'a rule counts by a header',
    type: 'AWS::WAFv2::WebACL',
    desired: {
      Rules: [
        {
          Name: 'limit',
          Priority: 1,
          Statement: {
            RateBasedStatement: { Limit: 500, CustomKeys: [{ Header: { Name: 'X-Key', TextTransformations: [] } }] },
          },
        },
      ],
    },
    live: {
      Rules: [
        {
          Name: 'limit',
          Priority: 1,
          Statement: {
            RateBasedStatement: { Limit: 500, CustomKeys: [{ Header: { Name: 'x-key', TextTransformations: [] } }] },
          },
        },
      ],
    },
  },
  {
    because: 'a rule sees headers, and answers with its own',
    type: 'AWS::WAFv2::RuleGroup',
    desired: {
      Rules: [
        {
          Name: 'a',
          Statement: {
            ByteMatchStatement: {
              SearchString: 'Bad',
              FieldToMatch: { Headers: { MatchPattern: { IncludedHeaders: ['Cookie-Id', 'Accept'] } } },
            },
          },
          Action: {
            Block: { CustomResponse: { ResponseCode: 403, ResponseHeaders: [{ Name: 'X-Why', Value: 'Bot' }] } },
          },
        },
      ],
    },
    live: {
      Rules: [
        {
          Name: 'a',
          Statement: {
            ByteMatchStatement: {
              SearchString: 'Bad',
              FieldToMatch: { Headers: { MatchPattern: { IncludedHeaders: ['accept', 'cookie-id'] } } },
            },
          },
          Action: {
            Block: { CustomResponse: { ResponseCode: 403, ResponseHeaders: [{ Name: 'x-why', Value: 'Bot' }] } },
          },
        },
      ],
    },
  },
  {
    because: 'what a rule looks for is what was written',
    type: 'AWS::WAFv2::RuleGroup',
    desired: { Rules: [{ Name: 'a', Statement: { ByteMatchStatement: { SearchString: 'BadBot' } } }] },
    live: { Rules: [{ Name: 'a', Statement: { ByteMatchStatement: { SearchString: 'badbot' } } }] },
    drift: ['/Rules/0/Statement/ByteMatchStatement/SearchString'],
  },
  {
    because: 'a bucket allows headers',
    type: 'AWS::S3::Bucket',
    desired: {
      CorsConfiguration: {
        CorsRules: [{ AllowedMethods: ['PUT', 'GET'], AllowedOrigins: ['*'], AllowedHeaders: ['X-Amz-Date', 'ETag'] }],
      },
    },
    live: {
      CorsConfiguration: {
        CorsRules: [{ AllowedMethods: ['GET', 'PUT'], AllowedOrigins: ['*'], AllowedHeaders: ['etag', 'x-amz-date'] }],
      },
    },
  },
]);
