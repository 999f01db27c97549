// Made by `npm run generate` from spec/webhooks.openapi.yaml. Do not edit.
"use strict";
export const validateEndpointCreate = validate21;
const schema6 = {"type":"object","additionalProperties":false,"properties":{"kind":{"$ref":"Kind"},"api_version":{"$ref":"ApiVersion"},"url":{"$ref":"Url"},"description":{"$ref":"Description"},"eventTypes":{"$ref":"EventTypes"},"filter":{"$ref":"Filter"},"headers":{"$ref":"Headers"},"rate":{"$ref":"Rate"},"concurrency":{"$ref":"Concurrency"},"ordered":{"$ref":"Ordered"},"destination":{"$ref":"Destination"},"auth":{"$ref":"Auth"},"schedule":{"$ref":"Schedule"},"timeoutSeconds":{"$ref":"TimeoutSeconds"},"payload":{"$ref":"Payload"},"retentionDays":{"$ref":"RetentionDays"},"scheme":{"$ref":"Scheme"},"secret":{"$ref":"Secret"}},"x-null-is-absent":["kind","api_version","url","description","eventTypes","filter","headers","rate","concurrency","ordered","destination","auth","schedule","timeoutSeconds","payload","retentionDays","scheme","secret"],"$id":"EndpointCreate"};
const func2 = Object.prototype.hasOwnProperty;
const schema7 = {"type":"string","enum":["standard","acp"],"$id":"Kind"};

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Kind" */;
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
const err0 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err0);
}
if(!((data === "standard") || (data === "acp"))){
const err1 = {instancePath,keyword:"enum",params:{allowedValues: schema7.enum}};
errors = (vErrors ??= []).push(err1);
}
validate22.errors = vErrors;
return errors === 0;
}

const schema8 = {"type":"string","maxLength":32,"examples":["2026-01-30"],"$id":"ApiVersion"};
const func3 = (text) => { let length = 0; for (const _ of text) length += 1; return length; };

function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="ApiVersion" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func3(data) > 32){
const err0 = {instancePath,keyword:"maxLength",params:{limit: 32}};
errors = (vErrors ??= []).push(err0);
}
}
else {
const err1 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err1);
}
validate24.errors = vErrors;
return errors === 0;
}

const schema9 = {"type":"string","minLength":1,"maxLength":2048,"pattern":"^[!-~]*$","x-rule":"must be a URL of visible ASCII characters","$id":"Url"};
const pattern0 = new RegExp("^[!-~]*$", "u");

function validate26(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Url" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func3(data) > 2048){
const err0 = {instancePath,keyword:"maxLength",params:{limit: 2048}};
errors = (vErrors ??= []).push(err0);
}
if(func3(data) < 1){
const err1 = {instancePath,keyword:"minLength",params:{limit: 1}};
errors = (vErrors ??= []).push(err1);
}
if(!pattern0.test(data)){
const err2 = {instancePath,keyword:"pattern",params:{pattern: "^[!-~]*$"}};
errors = (vErrors ??= []).push(err2);
}
}
else {
const err3 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err3);
}
validate26.errors = vErrors;
return errors === 0;
}

const schema10 = {"type":"string","maxLength":200,"pattern":"^[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$","x-rule":"must not have control characters, lone surrogates or noncharacters","$id":"Description"};
const pattern1 = new RegExp("^[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$", "u");

function validate28(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Description" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func3(data) > 200){
const err0 = {instancePath,keyword:"maxLength",params:{limit: 200}};
errors = (vErrors ??= []).push(err0);
}
if(!pattern1.test(data)){
const err1 = {instancePath,keyword:"pattern",params:{pattern: "^[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$"}};
errors = (vErrors ??= []).push(err1);
}
}
else {
const err2 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err2);
}
validate28.errors = vErrors;
return errors === 0;
}

const schema11 = {"type":"array","minItems":1,"maxItems":50,"uniqueItems":true,"items":{"type":"string","maxLength":64,"pattern":"^(?:\\*|[a-z0-9_]+(?:\\.[a-z0-9_]+)*(?:\\.\\*)?)$","x-rule":"must be *, the name of an event, or the beginning of names followed by .*"},"$id":"EventTypes"};
const pattern2 = new RegExp("^(?:\\*|[a-z0-9_]+(?:\\.[a-z0-9_]+)*(?:\\.\\*)?)$", "u");

function validate30(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="EventTypes" */;
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
if(data.length > 50){
const err0 = {instancePath,keyword:"maxItems",params:{limit: 50}};
errors = (vErrors ??= []).push(err0);
}
if(data.length < 1){
const err1 = {instancePath,keyword:"minItems",params:{limit: 1}};
errors = (vErrors ??= []).push(err1);
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 === "string"){
if(func3(data0) > 64){
const err2 = {instancePath:instancePath+"/" + i0,keyword:"maxLength",params:{limit: 64}};
errors = (vErrors ??= []).push(err2);
}
if(!pattern2.test(data0)){
const err3 = {instancePath:instancePath+"/" + i0,keyword:"pattern",params:{pattern: "^(?:\\*|[a-z0-9_]+(?:\\.[a-z0-9_]+)*(?:\\.\\*)?)$"}};
errors = (vErrors ??= []).push(err3);
}
}
else {
const err4 = {instancePath:instancePath+"/" + i0,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err4);
}
}
let i1 = data.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err5 = {instancePath,keyword:"uniqueItems",params:{i: i1, j: j0}};
errors = (vErrors ??= []).push(err5);
break;
}
indices0[item0] = i1;
}
}
}
else {
const err6 = {instancePath,keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err6);
}
validate30.errors = vErrors;
return errors === 0;
}

const schema12 = {"type":"object","minProperties":1,"additionalProperties":true,"$id":"Filter"};

function validate32(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Filter" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err0 = {instancePath,keyword:"minProperties",params:{limit: 1}};
errors = (vErrors ??= []).push(err0);
}
}
else {
const err1 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err1);
}
validate32.errors = vErrors;
return errors === 0;
}

const schema13 = {"type":"object","maxProperties":20,"propertyNames":{"type":"string","pattern":"^(?!(?:__proto__|constructor)$)[A-Za-z0-9!#$%&'*+.^_|~-]{1,64}$","x-rule":"must be the name of a header"},"additionalProperties":{"type":"string","maxLength":1024,"pattern":"^[!-~](?:[ -~]*[!-~])?$","x-rule":"must be made of visible ASCII characters, with spaces only between them"},"x-null-is-absent":true,"$id":"Headers"};
const pattern3 = new RegExp("^(?!(?:__proto__|constructor)$)[A-Za-z0-9!#$%&'*+.^_|~-]{1,64}$", "u");
const pattern4 = new RegExp("^[!-~](?:[ -~]*[!-~])?$", "u");

function validate34(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Headers" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const name0 in data){
if(data[name0] === null){
delete data[name0];
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 20){
const err0 = {instancePath,keyword:"maxProperties",params:{limit: 20}};
errors = (vErrors ??= []).push(err0);
}
for(const key0 in data){
const _errs1 = errors;
if(typeof key0 === "string"){
if(!pattern3.test(key0)){
const err1 = {instancePath,keyword:"pattern",params:{pattern: "^(?!(?:__proto__|constructor)$)[A-Za-z0-9!#$%&'*+.^_|~-]{1,64}$"},propertyName:key0};
errors = (vErrors ??= []).push(err1);
}
}
else {
const err2 = {instancePath,keyword:"type",params:{type: "string"},propertyName:key0};
errors = (vErrors ??= []).push(err2);
}
var valid0 = _errs1 === errors;
if(!valid0){
const err3 = {instancePath,keyword:"propertyNames",params:{propertyName: key0}};
errors = (vErrors ??= []).push(err3);
}
}
for(const key1 in data){
let data0 = data[key1];
if(typeof data0 === "string"){
if(func3(data0) > 1024){
const err4 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"maxLength",params:{limit: 1024}};
errors = (vErrors ??= []).push(err4);
}
if(!pattern4.test(data0)){
const err5 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"pattern",params:{pattern: "^[!-~](?:[ -~]*[!-~])?$"}};
errors = (vErrors ??= []).push(err5);
}
}
else {
const err6 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err6);
}
}
}
else {
const err7 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err7);
}
validate34.errors = vErrors;
return errors === 0;
}

const schema14 = {"type":"integer","minimum":1,"maximum":1000,"$id":"Rate"};

function validate36(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Rate" */;
let vErrors = null;
let errors = 0;
if(!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))){
const err0 = {instancePath,keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err0);
}
if((typeof data == "number") && (isFinite(data))){
if(data > 1000 || isNaN(data)){
const err1 = {instancePath,keyword:"maximum",params:{comparison: "<=", limit: 1000}};
errors = (vErrors ??= []).push(err1);
}
if(data < 1 || isNaN(data)){
const err2 = {instancePath,keyword:"minimum",params:{comparison: ">=", limit: 1}};
errors = (vErrors ??= []).push(err2);
}
}
validate36.errors = vErrors;
return errors === 0;
}

const schema15 = {"type":"integer","minimum":1,"maximum":100,"$id":"Concurrency"};

function validate38(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Concurrency" */;
let vErrors = null;
let errors = 0;
if(!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))){
const err0 = {instancePath,keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err0);
}
if((typeof data == "number") && (isFinite(data))){
if(data > 100 || isNaN(data)){
const err1 = {instancePath,keyword:"maximum",params:{comparison: "<=", limit: 100}};
errors = (vErrors ??= []).push(err1);
}
if(data < 1 || isNaN(data)){
const err2 = {instancePath,keyword:"minimum",params:{comparison: ">=", limit: 1}};
errors = (vErrors ??= []).push(err2);
}
}
validate38.errors = vErrors;
return errors === 0;
}

const schema16 = {"type":"boolean","$id":"Ordered"};

function validate40(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Ordered" */;
let vErrors = null;
let errors = 0;
if(typeof data !== "boolean"){
const err0 = {instancePath,keyword:"type",params:{type: "boolean"}};
errors = (vErrors ??= []).push(err0);
}
validate40.errors = vErrors;
return errors === 0;
}

const schema17 = {"type":"object","required":["type"],"properties":{"type":{"enum":["sqs","eventbridge"]}},"allOf":[{"if":{"type":"object","required":["type"],"properties":{"type":{"const":"sqs"}}},"then":{"$ref":"QueueDestination"}},{"if":{"type":"object","required":["type"],"properties":{"type":{"const":"eventbridge"}}},"then":{"$ref":"BusDestination"}}],"$id":"Destination"};
const schema18 = {"type":"object","additionalProperties":false,"required":["type","queueArn","roleArn"],"properties":{"type":{"type":"string","const":"sqs"},"queueArn":{"type":"string","pattern":"^arn:aws(?:-[a-z]+)*:sqs:[a-z]{2}(?:-[a-z]+)+-[0-9]:[0-9]{12}:[A-Za-z0-9_-]{1,75}(?:\\.fifo)?$","x-rule":"must be the ARN of a queue"},"roleArn":{"$ref":"RoleArn"}},"$id":"QueueDestination"};
const pattern5 = new RegExp("^arn:aws(?:-[a-z]+)*:sqs:[a-z]{2}(?:-[a-z]+)+-[0-9]:[0-9]{12}:[A-Za-z0-9_-]{1,75}(?:\\.fifo)?$", "u");
const schema19 = {"type":"string","pattern":"^arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:role/commerce-webhooks-[A-Za-z0-9+=,.@_-]{1,46}$","x-rule":"must be the ARN of a role whose name begins with commerce-webhooks-","$id":"RoleArn"};
const pattern6 = new RegExp("^arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:role/commerce-webhooks-[A-Za-z0-9+=,.@_-]{1,46}$", "u");

function validate44(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="RoleArn" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern6.test(data)){
const err0 = {instancePath,keyword:"pattern",params:{pattern: "^arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:role/commerce-webhooks-[A-Za-z0-9+=,.@_-]{1,46}$"}};
errors = (vErrors ??= []).push(err0);
}
}
else {
const err1 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err1);
}
validate44.errors = vErrors;
return errors === 0;
}


function validate43(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="QueueDestination" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "type"}};
errors = (vErrors ??= []).push(err0);
}
if(data.queueArn === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "queueArn"}};
errors = (vErrors ??= []).push(err1);
}
if(data.roleArn === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "roleArn"}};
errors = (vErrors ??= []).push(err2);
}
for(const key0 in data){
if(!(((key0 === "type") || (key0 === "queueArn")) || (key0 === "roleArn"))){
const err3 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err3);
}
}
if(data.type !== undefined){
let data0 = data.type;
if(typeof data0 !== "string"){
const err4 = {instancePath:instancePath+"/type",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err4);
}
if("sqs" !== data0){
const err5 = {instancePath:instancePath+"/type",keyword:"const",params:{allowedValue: "sqs"}};
errors = (vErrors ??= []).push(err5);
}
}
if(data.queueArn !== undefined){
let data1 = data.queueArn;
if(typeof data1 === "string"){
if(!pattern5.test(data1)){
const err6 = {instancePath:instancePath+"/queueArn",keyword:"pattern",params:{pattern: "^arn:aws(?:-[a-z]+)*:sqs:[a-z]{2}(?:-[a-z]+)+-[0-9]:[0-9]{12}:[A-Za-z0-9_-]{1,75}(?:\\.fifo)?$"}};
errors = (vErrors ??= []).push(err6);
}
}
else {
const err7 = {instancePath:instancePath+"/queueArn",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err7);
}
}
if(data.roleArn !== undefined){
if(!(validate44(data.roleArn, {instancePath:instancePath+"/roleArn",parentData:data,parentDataProperty:"roleArn",rootData}))){
vErrors ??= [];
for (const error of validate44.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err8 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err8);
}
validate43.errors = vErrors;
return errors === 0;
}

const schema20 = {"type":"object","additionalProperties":false,"required":["type","busArn","roleArn"],"properties":{"type":{"type":"string","const":"eventbridge"},"busArn":{"type":"string","pattern":"^arn:aws(?:-[a-z]+)*:events:[a-z]{2}(?:-[a-z]+)+-[0-9]:[0-9]{12}:event-bus/[A-Za-z0-9._-]{1,256}$","x-rule":"must be the ARN of an event bus"},"roleArn":{"$ref":"RoleArn"}},"$id":"BusDestination"};
const pattern7 = new RegExp("^arn:aws(?:-[a-z]+)*:events:[a-z]{2}(?:-[a-z]+)+-[0-9]:[0-9]{12}:event-bus/[A-Za-z0-9._-]{1,256}$", "u");

function validate47(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="BusDestination" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "type"}};
errors = (vErrors ??= []).push(err0);
}
if(data.busArn === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "busArn"}};
errors = (vErrors ??= []).push(err1);
}
if(data.roleArn === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "roleArn"}};
errors = (vErrors ??= []).push(err2);
}
for(const key0 in data){
if(!(((key0 === "type") || (key0 === "busArn")) || (key0 === "roleArn"))){
const err3 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err3);
}
}
if(data.type !== undefined){
let data0 = data.type;
if(typeof data0 !== "string"){
const err4 = {instancePath:instancePath+"/type",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err4);
}
if("eventbridge" !== data0){
const err5 = {instancePath:instancePath+"/type",keyword:"const",params:{allowedValue: "eventbridge"}};
errors = (vErrors ??= []).push(err5);
}
}
if(data.busArn !== undefined){
let data1 = data.busArn;
if(typeof data1 === "string"){
if(!pattern7.test(data1)){
const err6 = {instancePath:instancePath+"/busArn",keyword:"pattern",params:{pattern: "^arn:aws(?:-[a-z]+)*:events:[a-z]{2}(?:-[a-z]+)+-[0-9]:[0-9]{12}:event-bus/[A-Za-z0-9._-]{1,256}$"}};
errors = (vErrors ??= []).push(err6);
}
}
else {
const err7 = {instancePath:instancePath+"/busArn",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err7);
}
}
if(data.roleArn !== undefined){
if(!(validate44(data.roleArn, {instancePath:instancePath+"/roleArn",parentData:data,parentDataProperty:"roleArn",rootData}))){
vErrors ??= [];
for (const error of validate44.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err8 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err8);
}
validate47.errors = vErrors;
return errors === 0;
}


function validate42(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Destination" */;
let vErrors = null;
let errors = 0;
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(errors === _errs3){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.type === undefined) && (missing0 = "type")){
const err0 = {};
errors = (vErrors ??= []).push(err0);
}
else {
if(data.type !== undefined){
if("sqs" !== data.type){
const err1 = {};
errors = (vErrors ??= []).push(err1);
}
}
}
}
else {
const err2 = {};
errors = (vErrors ??= []).push(err2);
}
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs6 = errors;
if(!(validate43(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors ??= [];
for (const error of validate43.errors) vErrors.push(error);
errors = vErrors.length;
}
var _valid0 = _errs6 === errors;
valid1 = _valid0;
}
if(!valid1){
const err3 = {instancePath,keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err3);
}
const _errs8 = errors;
let valid3 = true;
const _errs9 = errors;
if(errors === _errs9){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing1;
if((data.type === undefined) && (missing1 = "type")){
const err4 = {};
errors = (vErrors ??= []).push(err4);
}
else {
if(data.type !== undefined){
if("eventbridge" !== data.type){
const err5 = {};
errors = (vErrors ??= []).push(err5);
}
}
}
}
else {
const err6 = {};
errors = (vErrors ??= []).push(err6);
}
}
var _valid1 = _errs9 === errors;
errors = _errs8;
if(vErrors !== null){
if(_errs8){
vErrors.length = _errs8;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs12 = errors;
if(!(validate47(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors ??= [];
for (const error of validate47.errors) vErrors.push(error);
errors = vErrors.length;
}
var _valid1 = _errs12 === errors;
valid3 = _valid1;
}
if(!valid3){
const err7 = {instancePath,keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err7);
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err8 = {instancePath,keyword:"required",params:{missingProperty: "type"}};
errors = (vErrors ??= []).push(err8);
}
if(data.type !== undefined){
let data2 = data.type;
if(!((data2 === "sqs") || (data2 === "eventbridge"))){
const err9 = {instancePath:instancePath+"/type",keyword:"enum",params:{allowedValues: schema17.properties.type.enum}};
errors = (vErrors ??= []).push(err9);
}
}
}
else {
const err10 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err10);
}
validate42.errors = vErrors;
return errors === 0;
}

const schema21 = {"type":"object","required":["type"],"properties":{"type":{"enum":["basic","oauth2","mtls"]}},"allOf":[{"if":{"type":"object","required":["type"],"properties":{"type":{"const":"basic"}}},"then":{"$ref":"BasicAuth"}},{"if":{"type":"object","required":["type"],"properties":{"type":{"const":"oauth2"}}},"then":{"$ref":"OAuth2Auth"}},{"if":{"type":"object","required":["type"],"properties":{"type":{"const":"mtls"}}},"then":{"$ref":"MtlsAuth"}}],"$id":"Auth"};
const schema22 = {"type":"object","additionalProperties":false,"required":["type","username","password"],"properties":{"type":{"type":"string","const":"basic"},"username":{"type":"string","maxLength":256,"pattern":"^[!-9;-~]+$","x-rule":"must be made of visible ASCII characters other than :"},"password":{"type":"string","maxLength":256,"pattern":"^[ -~]+$","x-rule":"must be made of ASCII characters"}},"$id":"BasicAuth"};
const pattern8 = new RegExp("^[!-9;-~]+$", "u");
const pattern9 = new RegExp("^[ -~]+$", "u");

function validate52(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="BasicAuth" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "type"}};
errors = (vErrors ??= []).push(err0);
}
if(data.username === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "username"}};
errors = (vErrors ??= []).push(err1);
}
if(data.password === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "password"}};
errors = (vErrors ??= []).push(err2);
}
for(const key0 in data){
if(!(((key0 === "type") || (key0 === "username")) || (key0 === "password"))){
const err3 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err3);
}
}
if(data.type !== undefined){
let data0 = data.type;
if(typeof data0 !== "string"){
const err4 = {instancePath:instancePath+"/type",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err4);
}
if("basic" !== data0){
const err5 = {instancePath:instancePath+"/type",keyword:"const",params:{allowedValue: "basic"}};
errors = (vErrors ??= []).push(err5);
}
}
if(data.username !== undefined){
let data1 = data.username;
if(typeof data1 === "string"){
if(func3(data1) > 256){
const err6 = {instancePath:instancePath+"/username",keyword:"maxLength",params:{limit: 256}};
errors = (vErrors ??= []).push(err6);
}
if(!pattern8.test(data1)){
const err7 = {instancePath:instancePath+"/username",keyword:"pattern",params:{pattern: "^[!-9;-~]+$"}};
errors = (vErrors ??= []).push(err7);
}
}
else {
const err8 = {instancePath:instancePath+"/username",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err8);
}
}
if(data.password !== undefined){
let data2 = data.password;
if(typeof data2 === "string"){
if(func3(data2) > 256){
const err9 = {instancePath:instancePath+"/password",keyword:"maxLength",params:{limit: 256}};
errors = (vErrors ??= []).push(err9);
}
if(!pattern9.test(data2)){
const err10 = {instancePath:instancePath+"/password",keyword:"pattern",params:{pattern: "^[ -~]+$"}};
errors = (vErrors ??= []).push(err10);
}
}
else {
const err11 = {instancePath:instancePath+"/password",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err11);
}
}
}
else {
const err12 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err12);
}
validate52.errors = vErrors;
return errors === 0;
}

const schema23 = {"type":"object","additionalProperties":false,"required":["type","tokenUrl","clientId","clientSecret"],"properties":{"type":{"type":"string","const":"oauth2"},"tokenUrl":{"$ref":"Url"},"clientId":{"type":"string","maxLength":256,"pattern":"^[ -~]+$","x-rule":"must be made of ASCII characters"},"clientSecret":{"type":"string","maxLength":1024,"pattern":"^[ -~]+$","x-rule":"must be made of ASCII characters"},"scope":{"type":"string","maxLength":1024,"pattern":"^[!-~]+(?: [!-~]+)*$","x-rule":"must be names separated by spaces"}},"x-null-is-absent":["scope"],"$id":"OAuth2Auth"};
const pattern12 = new RegExp("^[!-~]+(?: [!-~]+)*$", "u");

function validate54(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="OAuth2Auth" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.scope === null){
delete data.scope;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "type"}};
errors = (vErrors ??= []).push(err0);
}
if(data.tokenUrl === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "tokenUrl"}};
errors = (vErrors ??= []).push(err1);
}
if(data.clientId === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "clientId"}};
errors = (vErrors ??= []).push(err2);
}
if(data.clientSecret === undefined){
const err3 = {instancePath,keyword:"required",params:{missingProperty: "clientSecret"}};
errors = (vErrors ??= []).push(err3);
}
for(const key0 in data){
if(!(((((key0 === "type") || (key0 === "tokenUrl")) || (key0 === "clientId")) || (key0 === "clientSecret")) || (key0 === "scope"))){
const err4 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err4);
}
}
if(data.type !== undefined){
let data0 = data.type;
if(typeof data0 !== "string"){
const err5 = {instancePath:instancePath+"/type",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err5);
}
if("oauth2" !== data0){
const err6 = {instancePath:instancePath+"/type",keyword:"const",params:{allowedValue: "oauth2"}};
errors = (vErrors ??= []).push(err6);
}
}
if(data.tokenUrl !== undefined){
if(!(validate26(data.tokenUrl, {instancePath:instancePath+"/tokenUrl",parentData:data,parentDataProperty:"tokenUrl",rootData}))){
vErrors ??= [];
for (const error of validate26.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.clientId !== undefined){
let data2 = data.clientId;
if(typeof data2 === "string"){
if(func3(data2) > 256){
const err7 = {instancePath:instancePath+"/clientId",keyword:"maxLength",params:{limit: 256}};
errors = (vErrors ??= []).push(err7);
}
if(!pattern9.test(data2)){
const err8 = {instancePath:instancePath+"/clientId",keyword:"pattern",params:{pattern: "^[ -~]+$"}};
errors = (vErrors ??= []).push(err8);
}
}
else {
const err9 = {instancePath:instancePath+"/clientId",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err9);
}
}
if(data.clientSecret !== undefined){
let data3 = data.clientSecret;
if(typeof data3 === "string"){
if(func3(data3) > 1024){
const err10 = {instancePath:instancePath+"/clientSecret",keyword:"maxLength",params:{limit: 1024}};
errors = (vErrors ??= []).push(err10);
}
if(!pattern9.test(data3)){
const err11 = {instancePath:instancePath+"/clientSecret",keyword:"pattern",params:{pattern: "^[ -~]+$"}};
errors = (vErrors ??= []).push(err11);
}
}
else {
const err12 = {instancePath:instancePath+"/clientSecret",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err12);
}
}
if(data.scope !== undefined){
let data4 = data.scope;
if(typeof data4 === "string"){
if(func3(data4) > 1024){
const err13 = {instancePath:instancePath+"/scope",keyword:"maxLength",params:{limit: 1024}};
errors = (vErrors ??= []).push(err13);
}
if(!pattern12.test(data4)){
const err14 = {instancePath:instancePath+"/scope",keyword:"pattern",params:{pattern: "^[!-~]+(?: [!-~]+)*$"}};
errors = (vErrors ??= []).push(err14);
}
}
else {
const err15 = {instancePath:instancePath+"/scope",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err15);
}
}
}
else {
const err16 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err16);
}
validate54.errors = vErrors;
return errors === 0;
}

const schema24 = {"type":"object","additionalProperties":false,"required":["type","certificate","key"],"properties":{"type":{"type":"string","const":"mtls"},"certificate":{"type":"string","maxLength":16384},"key":{"type":"string","maxLength":8192}},"$id":"MtlsAuth"};

function validate57(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="MtlsAuth" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "type"}};
errors = (vErrors ??= []).push(err0);
}
if(data.certificate === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "certificate"}};
errors = (vErrors ??= []).push(err1);
}
if(data.key === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "key"}};
errors = (vErrors ??= []).push(err2);
}
for(const key0 in data){
if(!(((key0 === "type") || (key0 === "certificate")) || (key0 === "key"))){
const err3 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err3);
}
}
if(data.type !== undefined){
let data0 = data.type;
if(typeof data0 !== "string"){
const err4 = {instancePath:instancePath+"/type",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err4);
}
if("mtls" !== data0){
const err5 = {instancePath:instancePath+"/type",keyword:"const",params:{allowedValue: "mtls"}};
errors = (vErrors ??= []).push(err5);
}
}
if(data.certificate !== undefined){
let data1 = data.certificate;
if(typeof data1 === "string"){
if(func3(data1) > 16384){
const err6 = {instancePath:instancePath+"/certificate",keyword:"maxLength",params:{limit: 16384}};
errors = (vErrors ??= []).push(err6);
}
}
else {
const err7 = {instancePath:instancePath+"/certificate",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err7);
}
}
if(data.key !== undefined){
let data2 = data.key;
if(typeof data2 === "string"){
if(func3(data2) > 8192){
const err8 = {instancePath:instancePath+"/key",keyword:"maxLength",params:{limit: 8192}};
errors = (vErrors ??= []).push(err8);
}
}
else {
const err9 = {instancePath:instancePath+"/key",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err9);
}
}
}
else {
const err10 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err10);
}
validate57.errors = vErrors;
return errors === 0;
}


function validate51(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Auth" */;
let vErrors = null;
let errors = 0;
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(errors === _errs3){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.type === undefined) && (missing0 = "type")){
const err0 = {};
errors = (vErrors ??= []).push(err0);
}
else {
if(data.type !== undefined){
if("basic" !== data.type){
const err1 = {};
errors = (vErrors ??= []).push(err1);
}
}
}
}
else {
const err2 = {};
errors = (vErrors ??= []).push(err2);
}
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs6 = errors;
if(!(validate52(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors ??= [];
for (const error of validate52.errors) vErrors.push(error);
errors = vErrors.length;
}
var _valid0 = _errs6 === errors;
valid1 = _valid0;
}
if(!valid1){
const err3 = {instancePath,keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err3);
}
const _errs8 = errors;
let valid3 = true;
const _errs9 = errors;
if(errors === _errs9){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing1;
if((data.type === undefined) && (missing1 = "type")){
const err4 = {};
errors = (vErrors ??= []).push(err4);
}
else {
if(data.type !== undefined){
if("oauth2" !== data.type){
const err5 = {};
errors = (vErrors ??= []).push(err5);
}
}
}
}
else {
const err6 = {};
errors = (vErrors ??= []).push(err6);
}
}
var _valid1 = _errs9 === errors;
errors = _errs8;
if(vErrors !== null){
if(_errs8){
vErrors.length = _errs8;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs12 = errors;
if(!(validate54(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors ??= [];
for (const error of validate54.errors) vErrors.push(error);
errors = vErrors.length;
}
var _valid1 = _errs12 === errors;
valid3 = _valid1;
}
if(!valid3){
const err7 = {instancePath,keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err7);
}
const _errs14 = errors;
let valid5 = true;
const _errs15 = errors;
if(errors === _errs15){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing2;
if((data.type === undefined) && (missing2 = "type")){
const err8 = {};
errors = (vErrors ??= []).push(err8);
}
else {
if(data.type !== undefined){
if("mtls" !== data.type){
const err9 = {};
errors = (vErrors ??= []).push(err9);
}
}
}
}
else {
const err10 = {};
errors = (vErrors ??= []).push(err10);
}
}
var _valid2 = _errs15 === errors;
errors = _errs14;
if(vErrors !== null){
if(_errs14){
vErrors.length = _errs14;
}
else {
vErrors = null;
}
}
if(_valid2){
const _errs18 = errors;
if(!(validate57(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors ??= [];
for (const error of validate57.errors) vErrors.push(error);
errors = vErrors.length;
}
var _valid2 = _errs18 === errors;
valid5 = _valid2;
}
if(!valid5){
const err11 = {instancePath,keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err11);
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err12 = {instancePath,keyword:"required",params:{missingProperty: "type"}};
errors = (vErrors ??= []).push(err12);
}
if(data.type !== undefined){
let data3 = data.type;
if(!(((data3 === "basic") || (data3 === "oauth2")) || (data3 === "mtls"))){
const err13 = {instancePath:instancePath+"/type",keyword:"enum",params:{allowedValues: schema21.properties.type.enum}};
errors = (vErrors ??= []).push(err13);
}
}
}
else {
const err14 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err14);
}
validate51.errors = vErrors;
return errors === 0;
}

const schema25 = {"type":["string","array"],"allOf":[{"if":{"type":"string"},"then":{"type":"string","enum":["standard","brief","patient"]}},{"if":{"type":"array"},"then":{"type":"array","minItems":1,"maxItems":20,"items":{"type":"integer","minimum":1,"maximum":86400}}}],"$id":"Schedule"};

function validate60(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Schedule" */;
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(Array.isArray(data)))){
const err0 = {instancePath,keyword:"type",params:{type: schema25.type}};
errors = (vErrors ??= []).push(err0);
}
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(typeof data !== "string"){
const err1 = {};
errors = (vErrors ??= []).push(err1);
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs5 = errors;
if(typeof data !== "string"){
const err2 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err2);
}
if(!(((data === "standard") || (data === "brief")) || (data === "patient"))){
const err3 = {instancePath,keyword:"enum",params:{allowedValues: schema25.allOf[0].then.enum}};
errors = (vErrors ??= []).push(err3);
}
var _valid0 = _errs5 === errors;
valid1 = _valid0;
}
if(!valid1){
const err4 = {instancePath,keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err4);
}
const _errs8 = errors;
let valid2 = true;
const _errs9 = errors;
if(!(Array.isArray(data))){
const err5 = {};
errors = (vErrors ??= []).push(err5);
}
var _valid1 = _errs9 === errors;
errors = _errs8;
if(vErrors !== null){
if(_errs8){
vErrors.length = _errs8;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs11 = errors;
if(Array.isArray(data)){
if(data.length > 20){
const err6 = {instancePath,keyword:"maxItems",params:{limit: 20}};
errors = (vErrors ??= []).push(err6);
}
if(data.length < 1){
const err7 = {instancePath,keyword:"minItems",params:{limit: 1}};
errors = (vErrors ??= []).push(err7);
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err8 = {instancePath:instancePath+"/" + i0,keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err8);
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 86400 || isNaN(data0)){
const err9 = {instancePath:instancePath+"/" + i0,keyword:"maximum",params:{comparison: "<=", limit: 86400}};
errors = (vErrors ??= []).push(err9);
}
if(data0 < 1 || isNaN(data0)){
const err10 = {instancePath:instancePath+"/" + i0,keyword:"minimum",params:{comparison: ">=", limit: 1}};
errors = (vErrors ??= []).push(err10);
}
}
}
}
else {
const err11 = {instancePath,keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err11);
}
var _valid1 = _errs11 === errors;
valid2 = _valid1;
}
if(!valid2){
const err12 = {instancePath,keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err12);
}
validate60.errors = vErrors;
return errors === 0;
}

const schema26 = {"type":"integer","minimum":1,"maximum":30,"$id":"TimeoutSeconds"};

function validate62(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="TimeoutSeconds" */;
let vErrors = null;
let errors = 0;
if(!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))){
const err0 = {instancePath,keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err0);
}
if((typeof data == "number") && (isFinite(data))){
if(data > 30 || isNaN(data)){
const err1 = {instancePath,keyword:"maximum",params:{comparison: "<=", limit: 30}};
errors = (vErrors ??= []).push(err1);
}
if(data < 1 || isNaN(data)){
const err2 = {instancePath,keyword:"minimum",params:{comparison: ">=", limit: 1}};
errors = (vErrors ??= []).push(err2);
}
}
validate62.errors = vErrors;
return errors === 0;
}

const schema27 = {"type":"string","enum":["full","thin"],"$id":"Payload"};

function validate64(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Payload" */;
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
const err0 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err0);
}
if(!((data === "full") || (data === "thin"))){
const err1 = {instancePath,keyword:"enum",params:{allowedValues: schema27.enum}};
errors = (vErrors ??= []).push(err1);
}
validate64.errors = vErrors;
return errors === 0;
}

const schema28 = {"type":"integer","minimum":3,"maximum":90,"$id":"RetentionDays"};

function validate66(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="RetentionDays" */;
let vErrors = null;
let errors = 0;
if(!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))){
const err0 = {instancePath,keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err0);
}
if((typeof data == "number") && (isFinite(data))){
if(data > 90 || isNaN(data)){
const err1 = {instancePath,keyword:"maximum",params:{comparison: "<=", limit: 90}};
errors = (vErrors ??= []).push(err1);
}
if(data < 3 || isNaN(data)){
const err2 = {instancePath,keyword:"minimum",params:{comparison: ">=", limit: 3}};
errors = (vErrors ??= []).push(err2);
}
}
validate66.errors = vErrors;
return errors === 0;
}

const schema29 = {"type":"string","enum":["v1","v1a"],"$id":"Scheme"};

function validate68(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Scheme" */;
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
const err0 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err0);
}
if(!((data === "v1") || (data === "v1a"))){
const err1 = {instancePath,keyword:"enum",params:{allowedValues: schema29.enum}};
errors = (vErrors ??= []).push(err1);
}
validate68.errors = vErrors;
return errors === 0;
}

const schema30 = {"type":"string","minLength":16,"maxLength":256,"pattern":"^[!-~]*$","x-rule":"must be made of visible ASCII characters","$id":"Secret"};

function validate70(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Secret" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func3(data) > 256){
const err0 = {instancePath,keyword:"maxLength",params:{limit: 256}};
errors = (vErrors ??= []).push(err0);
}
if(func3(data) < 16){
const err1 = {instancePath,keyword:"minLength",params:{limit: 16}};
errors = (vErrors ??= []).push(err1);
}
if(!pattern0.test(data)){
const err2 = {instancePath,keyword:"pattern",params:{pattern: "^[!-~]*$"}};
errors = (vErrors ??= []).push(err2);
}
}
else {
const err3 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err3);
}
validate70.errors = vErrors;
return errors === 0;
}


function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="EndpointCreate" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.kind === null){
delete data.kind;
}
if(data.api_version === null){
delete data.api_version;
}
if(data.url === null){
delete data.url;
}
if(data.description === null){
delete data.description;
}
if(data.eventTypes === null){
delete data.eventTypes;
}
if(data.filter === null){
delete data.filter;
}
if(data.headers === null){
delete data.headers;
}
if(data.rate === null){
delete data.rate;
}
if(data.concurrency === null){
delete data.concurrency;
}
if(data.ordered === null){
delete data.ordered;
}
if(data.destination === null){
delete data.destination;
}
if(data.auth === null){
delete data.auth;
}
if(data.schedule === null){
delete data.schedule;
}
if(data.timeoutSeconds === null){
delete data.timeoutSeconds;
}
if(data.payload === null){
delete data.payload;
}
if(data.retentionDays === null){
delete data.retentionDays;
}
if(data.scheme === null){
delete data.scheme;
}
if(data.secret === null){
delete data.secret;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema6.properties, key0))){
const err0 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err0);
}
}
if(data.kind !== undefined){
if(!(validate22(data.kind, {instancePath:instancePath+"/kind",parentData:data,parentDataProperty:"kind",rootData}))){
vErrors ??= [];
for (const error of validate22.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.api_version !== undefined){
if(!(validate24(data.api_version, {instancePath:instancePath+"/api_version",parentData:data,parentDataProperty:"api_version",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.url !== undefined){
if(!(validate26(data.url, {instancePath:instancePath+"/url",parentData:data,parentDataProperty:"url",rootData}))){
vErrors ??= [];
for (const error of validate26.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.description !== undefined){
if(!(validate28(data.description, {instancePath:instancePath+"/description",parentData:data,parentDataProperty:"description",rootData}))){
vErrors ??= [];
for (const error of validate28.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.eventTypes !== undefined){
if(!(validate30(data.eventTypes, {instancePath:instancePath+"/eventTypes",parentData:data,parentDataProperty:"eventTypes",rootData}))){
vErrors ??= [];
for (const error of validate30.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.filter !== undefined){
if(!(validate32(data.filter, {instancePath:instancePath+"/filter",parentData:data,parentDataProperty:"filter",rootData}))){
vErrors ??= [];
for (const error of validate32.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.headers !== undefined){
if(!(validate34(data.headers, {instancePath:instancePath+"/headers",parentData:data,parentDataProperty:"headers",rootData}))){
vErrors ??= [];
for (const error of validate34.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.rate !== undefined){
if(!(validate36(data.rate, {instancePath:instancePath+"/rate",parentData:data,parentDataProperty:"rate",rootData}))){
vErrors ??= [];
for (const error of validate36.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.concurrency !== undefined){
if(!(validate38(data.concurrency, {instancePath:instancePath+"/concurrency",parentData:data,parentDataProperty:"concurrency",rootData}))){
vErrors ??= [];
for (const error of validate38.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.ordered !== undefined){
if(!(validate40(data.ordered, {instancePath:instancePath+"/ordered",parentData:data,parentDataProperty:"ordered",rootData}))){
vErrors ??= [];
for (const error of validate40.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.destination !== undefined){
if(!(validate42(data.destination, {instancePath:instancePath+"/destination",parentData:data,parentDataProperty:"destination",rootData}))){
vErrors ??= [];
for (const error of validate42.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.auth !== undefined){
if(!(validate51(data.auth, {instancePath:instancePath+"/auth",parentData:data,parentDataProperty:"auth",rootData}))){
vErrors ??= [];
for (const error of validate51.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.schedule !== undefined){
if(!(validate60(data.schedule, {instancePath:instancePath+"/schedule",parentData:data,parentDataProperty:"schedule",rootData}))){
vErrors ??= [];
for (const error of validate60.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.timeoutSeconds !== undefined){
if(!(validate62(data.timeoutSeconds, {instancePath:instancePath+"/timeoutSeconds",parentData:data,parentDataProperty:"timeoutSeconds",rootData}))){
vErrors ??= [];
for (const error of validate62.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.payload !== undefined){
if(!(validate64(data.payload, {instancePath:instancePath+"/payload",parentData:data,parentDataProperty:"payload",rootData}))){
vErrors ??= [];
for (const error of validate64.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.retentionDays !== undefined){
if(!(validate66(data.retentionDays, {instancePath:instancePath+"/retentionDays",parentData:data,parentDataProperty:"retentionDays",rootData}))){
vErrors ??= [];
for (const error of validate66.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.scheme !== undefined){
if(!(validate68(data.scheme, {instancePath:instancePath+"/scheme",parentData:data,parentDataProperty:"scheme",rootData}))){
vErrors ??= [];
for (const error of validate68.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.secret !== undefined){
if(!(validate70(data.secret, {instancePath:instancePath+"/secret",parentData:data,parentDataProperty:"secret",rootData}))){
vErrors ??= [];
for (const error of validate70.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err1);
}
validate21.errors = vErrors;
return errors === 0;
}

export const validateEndpointChange = validate72;
const schema31 = {"type":"object","additionalProperties":false,"properties":{"api_version":{"type":["string","null"],"allOf":[{"if":{"type":"string"},"then":{"$ref":"ApiVersion"}},{"if":{"type":"null"},"then":{"type":"null"}}]},"url":{"$ref":"Url"},"description":{"type":["string","null"],"allOf":[{"if":{"type":"string"},"then":{"$ref":"Description"}},{"if":{"type":"null"},"then":{"type":"null"}}]},"eventTypes":{"$ref":"EventTypes"},"filter":{"type":["object","null"],"allOf":[{"if":{"type":"object"},"then":{"$ref":"Filter"}},{"if":{"type":"null"},"then":{"type":"null"}}]},"headers":{"$ref":"Headers"},"rate":{"type":["integer","null"],"allOf":[{"if":{"type":"integer"},"then":{"$ref":"Rate"}},{"if":{"type":"null"},"then":{"type":"null"}}]},"concurrency":{"$ref":"Concurrency"},"ordered":{"$ref":"Ordered"},"destination":{"$ref":"Destination"},"auth":{"type":["object","null"],"allOf":[{"if":{"type":"object"},"then":{"$ref":"Auth"}},{"if":{"type":"null"},"then":{"type":"null"}}]},"schedule":{"$ref":"Schedule"},"timeoutSeconds":{"$ref":"TimeoutSeconds"},"payload":{"$ref":"Payload"},"retentionDays":{"$ref":"RetentionDays"}},"x-null-is-absent":["url","eventTypes","headers","concurrency","ordered","destination","schedule","timeoutSeconds","payload","retentionDays"],"$id":"EndpointChange"};

function validate72(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="EndpointChange" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.url === null){
delete data.url;
}
if(data.eventTypes === null){
delete data.eventTypes;
}
if(data.headers === null){
delete data.headers;
}
if(data.concurrency === null){
delete data.concurrency;
}
if(data.ordered === null){
delete data.ordered;
}
if(data.destination === null){
delete data.destination;
}
if(data.schedule === null){
delete data.schedule;
}
if(data.timeoutSeconds === null){
delete data.timeoutSeconds;
}
if(data.payload === null){
delete data.payload;
}
if(data.retentionDays === null){
delete data.retentionDays;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema31.properties, key0))){
const err0 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err0);
}
}
if(data.api_version !== undefined){
let data0 = data.api_version;
if((typeof data0 !== "string") && (data0 !== null)){
const err1 = {instancePath:instancePath+"/api_version",keyword:"type",params:{type: schema31.properties.api_version.type}};
errors = (vErrors ??= []).push(err1);
}
const _errs5 = errors;
let valid2 = true;
const _errs6 = errors;
if(typeof data0 !== "string"){
const err2 = {};
errors = (vErrors ??= []).push(err2);
}
var _valid0 = _errs6 === errors;
errors = _errs5;
if(vErrors !== null){
if(_errs5){
vErrors.length = _errs5;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs8 = errors;
if(!(validate24(data0, {instancePath:instancePath+"/api_version",parentData:data,parentDataProperty:"api_version",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
var _valid0 = _errs8 === errors;
valid2 = _valid0;
}
if(!valid2){
const err3 = {instancePath:instancePath+"/api_version",keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err3);
}
const _errs10 = errors;
let valid3 = true;
const _errs11 = errors;
if(data0 !== null){
const err4 = {};
errors = (vErrors ??= []).push(err4);
}
var _valid1 = _errs11 === errors;
errors = _errs10;
if(vErrors !== null){
if(_errs10){
vErrors.length = _errs10;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs13 = errors;
if(data0 !== null){
const err5 = {instancePath:instancePath+"/api_version",keyword:"type",params:{type: "null"}};
errors = (vErrors ??= []).push(err5);
}
var _valid1 = _errs13 === errors;
valid3 = _valid1;
}
if(!valid3){
const err6 = {instancePath:instancePath+"/api_version",keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err6);
}
}
if(data.url !== undefined){
if(!(validate26(data.url, {instancePath:instancePath+"/url",parentData:data,parentDataProperty:"url",rootData}))){
vErrors ??= [];
for (const error of validate26.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.description !== undefined){
let data2 = data.description;
if((typeof data2 !== "string") && (data2 !== null)){
const err7 = {instancePath:instancePath+"/description",keyword:"type",params:{type: schema31.properties.description.type}};
errors = (vErrors ??= []).push(err7);
}
const _errs19 = errors;
let valid5 = true;
const _errs20 = errors;
if(typeof data2 !== "string"){
const err8 = {};
errors = (vErrors ??= []).push(err8);
}
var _valid2 = _errs20 === errors;
errors = _errs19;
if(vErrors !== null){
if(_errs19){
vErrors.length = _errs19;
}
else {
vErrors = null;
}
}
if(_valid2){
const _errs22 = errors;
if(!(validate28(data2, {instancePath:instancePath+"/description",parentData:data,parentDataProperty:"description",rootData}))){
vErrors ??= [];
for (const error of validate28.errors) vErrors.push(error);
errors = vErrors.length;
}
var _valid2 = _errs22 === errors;
valid5 = _valid2;
}
if(!valid5){
const err9 = {instancePath:instancePath+"/description",keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err9);
}
const _errs24 = errors;
let valid6 = true;
const _errs25 = errors;
if(data2 !== null){
const err10 = {};
errors = (vErrors ??= []).push(err10);
}
var _valid3 = _errs25 === errors;
errors = _errs24;
if(vErrors !== null){
if(_errs24){
vErrors.length = _errs24;
}
else {
vErrors = null;
}
}
if(_valid3){
const _errs27 = errors;
if(data2 !== null){
const err11 = {instancePath:instancePath+"/description",keyword:"type",params:{type: "null"}};
errors = (vErrors ??= []).push(err11);
}
var _valid3 = _errs27 === errors;
valid6 = _valid3;
}
if(!valid6){
const err12 = {instancePath:instancePath+"/description",keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err12);
}
}
if(data.eventTypes !== undefined){
if(!(validate30(data.eventTypes, {instancePath:instancePath+"/eventTypes",parentData:data,parentDataProperty:"eventTypes",rootData}))){
vErrors ??= [];
for (const error of validate30.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.filter !== undefined){
let data4 = data.filter;
if((!(data4 && typeof data4 == "object" && !Array.isArray(data4))) && (data4 !== null)){
const err13 = {instancePath:instancePath+"/filter",keyword:"type",params:{type: schema31.properties.filter.type}};
errors = (vErrors ??= []).push(err13);
}
const _errs33 = errors;
let valid8 = true;
const _errs34 = errors;
if(!(data4 && typeof data4 == "object" && !Array.isArray(data4))){
const err14 = {};
errors = (vErrors ??= []).push(err14);
}
var _valid4 = _errs34 === errors;
errors = _errs33;
if(vErrors !== null){
if(_errs33){
vErrors.length = _errs33;
}
else {
vErrors = null;
}
}
if(_valid4){
const _errs36 = errors;
if(!(validate32(data4, {instancePath:instancePath+"/filter",parentData:data,parentDataProperty:"filter",rootData}))){
vErrors ??= [];
for (const error of validate32.errors) vErrors.push(error);
errors = vErrors.length;
}
var _valid4 = _errs36 === errors;
valid8 = _valid4;
}
if(!valid8){
const err15 = {instancePath:instancePath+"/filter",keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err15);
}
const _errs38 = errors;
let valid9 = true;
const _errs39 = errors;
if(data4 !== null){
const err16 = {};
errors = (vErrors ??= []).push(err16);
}
var _valid5 = _errs39 === errors;
errors = _errs38;
if(vErrors !== null){
if(_errs38){
vErrors.length = _errs38;
}
else {
vErrors = null;
}
}
if(_valid5){
const _errs41 = errors;
if(data4 !== null){
const err17 = {instancePath:instancePath+"/filter",keyword:"type",params:{type: "null"}};
errors = (vErrors ??= []).push(err17);
}
var _valid5 = _errs41 === errors;
valid9 = _valid5;
}
if(!valid9){
const err18 = {instancePath:instancePath+"/filter",keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err18);
}
}
if(data.headers !== undefined){
if(!(validate34(data.headers, {instancePath:instancePath+"/headers",parentData:data,parentDataProperty:"headers",rootData}))){
vErrors ??= [];
for (const error of validate34.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.rate !== undefined){
let data6 = data.rate;
if((!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))) && (data6 !== null)){
const err19 = {instancePath:instancePath+"/rate",keyword:"type",params:{type: schema31.properties.rate.type}};
errors = (vErrors ??= []).push(err19);
}
const _errs47 = errors;
let valid11 = true;
const _errs48 = errors;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err20 = {};
errors = (vErrors ??= []).push(err20);
}
var _valid6 = _errs48 === errors;
errors = _errs47;
if(vErrors !== null){
if(_errs47){
vErrors.length = _errs47;
}
else {
vErrors = null;
}
}
if(_valid6){
const _errs50 = errors;
if(!(validate36(data6, {instancePath:instancePath+"/rate",parentData:data,parentDataProperty:"rate",rootData}))){
vErrors ??= [];
for (const error of validate36.errors) vErrors.push(error);
errors = vErrors.length;
}
var _valid6 = _errs50 === errors;
valid11 = _valid6;
}
if(!valid11){
const err21 = {instancePath:instancePath+"/rate",keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err21);
}
const _errs52 = errors;
let valid12 = true;
const _errs53 = errors;
if(data6 !== null){
const err22 = {};
errors = (vErrors ??= []).push(err22);
}
var _valid7 = _errs53 === errors;
errors = _errs52;
if(vErrors !== null){
if(_errs52){
vErrors.length = _errs52;
}
else {
vErrors = null;
}
}
if(_valid7){
const _errs55 = errors;
if(data6 !== null){
const err23 = {instancePath:instancePath+"/rate",keyword:"type",params:{type: "null"}};
errors = (vErrors ??= []).push(err23);
}
var _valid7 = _errs55 === errors;
valid12 = _valid7;
}
if(!valid12){
const err24 = {instancePath:instancePath+"/rate",keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err24);
}
}
if(data.concurrency !== undefined){
if(!(validate38(data.concurrency, {instancePath:instancePath+"/concurrency",parentData:data,parentDataProperty:"concurrency",rootData}))){
vErrors ??= [];
for (const error of validate38.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.ordered !== undefined){
if(!(validate40(data.ordered, {instancePath:instancePath+"/ordered",parentData:data,parentDataProperty:"ordered",rootData}))){
vErrors ??= [];
for (const error of validate40.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.destination !== undefined){
if(!(validate42(data.destination, {instancePath:instancePath+"/destination",parentData:data,parentDataProperty:"destination",rootData}))){
vErrors ??= [];
for (const error of validate42.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.auth !== undefined){
let data10 = data.auth;
if((!(data10 && typeof data10 == "object" && !Array.isArray(data10))) && (data10 !== null)){
const err25 = {instancePath:instancePath+"/auth",keyword:"type",params:{type: schema31.properties.auth.type}};
errors = (vErrors ??= []).push(err25);
}
const _errs63 = errors;
let valid14 = true;
const _errs64 = errors;
if(!(data10 && typeof data10 == "object" && !Array.isArray(data10))){
const err26 = {};
errors = (vErrors ??= []).push(err26);
}
var _valid8 = _errs64 === errors;
errors = _errs63;
if(vErrors !== null){
if(_errs63){
vErrors.length = _errs63;
}
else {
vErrors = null;
}
}
if(_valid8){
const _errs66 = errors;
if(!(validate51(data10, {instancePath:instancePath+"/auth",parentData:data,parentDataProperty:"auth",rootData}))){
vErrors ??= [];
for (const error of validate51.errors) vErrors.push(error);
errors = vErrors.length;
}
var _valid8 = _errs66 === errors;
valid14 = _valid8;
}
if(!valid14){
const err27 = {instancePath:instancePath+"/auth",keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err27);
}
const _errs68 = errors;
let valid15 = true;
const _errs69 = errors;
if(data10 !== null){
const err28 = {};
errors = (vErrors ??= []).push(err28);
}
var _valid9 = _errs69 === errors;
errors = _errs68;
if(vErrors !== null){
if(_errs68){
vErrors.length = _errs68;
}
else {
vErrors = null;
}
}
if(_valid9){
const _errs71 = errors;
if(data10 !== null){
const err29 = {instancePath:instancePath+"/auth",keyword:"type",params:{type: "null"}};
errors = (vErrors ??= []).push(err29);
}
var _valid9 = _errs71 === errors;
valid15 = _valid9;
}
if(!valid15){
const err30 = {instancePath:instancePath+"/auth",keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err30);
}
}
if(data.schedule !== undefined){
if(!(validate60(data.schedule, {instancePath:instancePath+"/schedule",parentData:data,parentDataProperty:"schedule",rootData}))){
vErrors ??= [];
for (const error of validate60.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.timeoutSeconds !== undefined){
if(!(validate62(data.timeoutSeconds, {instancePath:instancePath+"/timeoutSeconds",parentData:data,parentDataProperty:"timeoutSeconds",rootData}))){
vErrors ??= [];
for (const error of validate62.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.payload !== undefined){
if(!(validate64(data.payload, {instancePath:instancePath+"/payload",parentData:data,parentDataProperty:"payload",rootData}))){
vErrors ??= [];
for (const error of validate64.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.retentionDays !== undefined){
if(!(validate66(data.retentionDays, {instancePath:instancePath+"/retentionDays",parentData:data,parentDataProperty:"retentionDays",rootData}))){
vErrors ??= [];
for (const error of validate66.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err31 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err31);
}
validate72.errors = vErrors;
return errors === 0;
}

export const validateFilterTest = validate88;
const schema32 = {"type":"object","additionalProperties":false,"required":["type","data"],"properties":{"type":{"type":"string","maxLength":128},"data":{"type":"object"},"filter":{"$ref":"Filter"}},"x-null-is-absent":["filter"],"$id":"FilterTest"};

function validate88(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="FilterTest" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.filter === null){
delete data.filter;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "type"}};
errors = (vErrors ??= []).push(err0);
}
if(data.data === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "data"}};
errors = (vErrors ??= []).push(err1);
}
for(const key0 in data){
if(!(((key0 === "type") || (key0 === "data")) || (key0 === "filter"))){
const err2 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err2);
}
}
if(data.type !== undefined){
let data0 = data.type;
if(typeof data0 === "string"){
if(func3(data0) > 128){
const err3 = {instancePath:instancePath+"/type",keyword:"maxLength",params:{limit: 128}};
errors = (vErrors ??= []).push(err3);
}
}
else {
const err4 = {instancePath:instancePath+"/type",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err4);
}
}
if(data.data !== undefined){
let data1 = data.data;
if(!(data1 && typeof data1 == "object" && !Array.isArray(data1))){
const err5 = {instancePath:instancePath+"/data",keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err5);
}
}
if(data.filter !== undefined){
if(!(validate32(data.filter, {instancePath:instancePath+"/filter",parentData:data,parentDataProperty:"filter",rootData}))){
vErrors ??= [];
for (const error of validate32.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err6);
}
validate88.errors = vErrors;
return errors === 0;
}

export const validateRotation = validate90;
const schema33 = {"type":"object","additionalProperties":false,"properties":{"overlapSeconds":{"type":"integer","minimum":0,"maximum":604800},"scheme":{"$ref":"Scheme"},"secret":{"$ref":"Secret"}},"x-null-is-absent":["overlapSeconds","scheme","secret"],"$id":"Rotation"};

function validate90(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Rotation" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.overlapSeconds === null){
delete data.overlapSeconds;
}
if(data.scheme === null){
delete data.scheme;
}
if(data.secret === null){
delete data.secret;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "overlapSeconds") || (key0 === "scheme")) || (key0 === "secret"))){
const err0 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err0);
}
}
if(data.overlapSeconds !== undefined){
let data0 = data.overlapSeconds;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/overlapSeconds",keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err1);
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 604800 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/overlapSeconds",keyword:"maximum",params:{comparison: "<=", limit: 604800}};
errors = (vErrors ??= []).push(err2);
}
if(data0 < 0 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/overlapSeconds",keyword:"minimum",params:{comparison: ">=", limit: 0}};
errors = (vErrors ??= []).push(err3);
}
}
}
if(data.scheme !== undefined){
if(!(validate68(data.scheme, {instancePath:instancePath+"/scheme",parentData:data,parentDataProperty:"scheme",rootData}))){
vErrors ??= [];
for (const error of validate68.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.secret !== undefined){
if(!(validate70(data.secret, {instancePath:instancePath+"/secret",parentData:data,parentDataProperty:"secret",rootData}))){
vErrors ??= [];
for (const error of validate70.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err4);
}
validate90.errors = vErrors;
return errors === 0;
}

export const validateReplay = validate93;
const schema34 = {"type":"object","additionalProperties":false,"required":["since"],"properties":{"since":{"type":"string","format":"date-time"},"types":{"$ref":"EventTypes"},"statuses":{"$ref":"ReplayedStatuses"},"after":{"$ref":"Next"}},"x-null-is-absent":["types","statuses","after"],"$id":"Replay"};
const formats0 = /^(?:\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)|23:59:60(?:\.\d+)?(?:Z|[+-]00:00))$/i;
const schema35 = {"type":"array","minItems":1,"uniqueItems":true,"items":{"type":"string","enum":["exhausted","skipped","delivered"]},"$id":"ReplayedStatuses"};

function validate95(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="ReplayedStatuses" */;
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
if(data.length < 1){
const err0 = {instancePath,keyword:"minItems",params:{limit: 1}};
errors = (vErrors ??= []).push(err0);
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/" + i0,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err1);
}
if(!(((data0 === "exhausted") || (data0 === "skipped")) || (data0 === "delivered"))){
const err2 = {instancePath:instancePath+"/" + i0,keyword:"enum",params:{allowedValues: schema35.items.enum}};
errors = (vErrors ??= []).push(err2);
}
}
let i1 = data.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err3 = {instancePath,keyword:"uniqueItems",params:{i: i1, j: j0}};
errors = (vErrors ??= []).push(err3);
break;
}
indices0[item0] = i1;
}
}
}
else {
const err4 = {instancePath,keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err4);
}
validate95.errors = vErrors;
return errors === 0;
}

const schema36 = {"type":"string","maxLength":1024,"$id":"Next"};

function validate97(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Next" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func3(data) > 1024){
const err0 = {instancePath,keyword:"maxLength",params:{limit: 1024}};
errors = (vErrors ??= []).push(err0);
}
}
else {
const err1 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err1);
}
validate97.errors = vErrors;
return errors === 0;
}


function validate93(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Replay" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.types === null){
delete data.types;
}
if(data.statuses === null){
delete data.statuses;
}
if(data.after === null){
delete data.after;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.since === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "since"}};
errors = (vErrors ??= []).push(err0);
}
for(const key0 in data){
if(!((((key0 === "since") || (key0 === "types")) || (key0 === "statuses")) || (key0 === "after"))){
const err1 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err1);
}
}
if(data.since !== undefined){
let data0 = data.since;
if(typeof data0 === "string"){
if(!(formats0.test(data0))){
const err2 = {instancePath:instancePath+"/since",keyword:"format",params:{format: "date-time"}};
errors = (vErrors ??= []).push(err2);
}
}
else {
const err3 = {instancePath:instancePath+"/since",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err3);
}
}
if(data.types !== undefined){
if(!(validate30(data.types, {instancePath:instancePath+"/types",parentData:data,parentDataProperty:"types",rootData}))){
vErrors ??= [];
for (const error of validate30.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.statuses !== undefined){
if(!(validate95(data.statuses, {instancePath:instancePath+"/statuses",parentData:data,parentDataProperty:"statuses",rootData}))){
vErrors ??= [];
for (const error of validate95.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.after !== undefined){
if(!(validate97(data.after, {instancePath:instancePath+"/after",parentData:data,parentDataProperty:"after",rootData}))){
vErrors ??= [];
for (const error of validate97.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err4);
}
validate93.errors = vErrors;
return errors === 0;
}

export const validateNewReplay = validate99;
const schema37 = {"type":"object","additionalProperties":false,"required":["since"],"properties":{"since":{"type":"string","format":"date-time"},"until":{"type":"string","format":"date-time"},"types":{"$ref":"EventTypes"},"statuses":{"$ref":"ReplayedStatuses"}},"x-null-is-absent":["until","types","statuses"],"$id":"NewReplay"};

function validate99(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="NewReplay" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.until === null){
delete data.until;
}
if(data.types === null){
delete data.types;
}
if(data.statuses === null){
delete data.statuses;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.since === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "since"}};
errors = (vErrors ??= []).push(err0);
}
for(const key0 in data){
if(!((((key0 === "since") || (key0 === "until")) || (key0 === "types")) || (key0 === "statuses"))){
const err1 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err1);
}
}
if(data.since !== undefined){
let data0 = data.since;
if(typeof data0 === "string"){
if(!(formats0.test(data0))){
const err2 = {instancePath:instancePath+"/since",keyword:"format",params:{format: "date-time"}};
errors = (vErrors ??= []).push(err2);
}
}
else {
const err3 = {instancePath:instancePath+"/since",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err3);
}
}
if(data.until !== undefined){
let data1 = data.until;
if(typeof data1 === "string"){
if(!(formats0.test(data1))){
const err4 = {instancePath:instancePath+"/until",keyword:"format",params:{format: "date-time"}};
errors = (vErrors ??= []).push(err4);
}
}
else {
const err5 = {instancePath:instancePath+"/until",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err5);
}
}
if(data.types !== undefined){
if(!(validate30(data.types, {instancePath:instancePath+"/types",parentData:data,parentDataProperty:"types",rootData}))){
vErrors ??= [];
for (const error of validate30.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.statuses !== undefined){
if(!(validate95(data.statuses, {instancePath:instancePath+"/statuses",parentData:data,parentDataProperty:"statuses",rootData}))){
vErrors ??= [];
for (const error of validate95.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err6);
}
validate99.errors = vErrors;
return errors === 0;
}

export const rules = {
    "^[!-~]*$": "must be made of visible ASCII characters",
    "^[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$": "must not have control characters, lone surrogates or noncharacters",
    "^(?:\\*|[a-z0-9_]+(?:\\.[a-z0-9_]+)*(?:\\.\\*)?)$": "must be *, the name of an event, or the beginning of names followed by .*",
    "^(?!(?:__proto__|constructor)$)[A-Za-z0-9!#$%&'*+.^_|~-]{1,64}$": "must be the name of a header",
    "^[!-~](?:[ -~]*[!-~])?$": "must be made of visible ASCII characters, with spaces only between them",
    "^arn:aws(?:-[a-z]+)*:sqs:[a-z]{2}(?:-[a-z]+)+-[0-9]:[0-9]{12}:[A-Za-z0-9_-]{1,75}(?:\\.fifo)?$": "must be the ARN of a queue",
    "^arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:role/commerce-webhooks-[A-Za-z0-9+=,.@_-]{1,46}$": "must be the ARN of a role whose name begins with commerce-webhooks-",
    "^arn:aws(?:-[a-z]+)*:events:[a-z]{2}(?:-[a-z]+)+-[0-9]:[0-9]{12}:event-bus/[A-Za-z0-9._-]{1,256}$": "must be the ARN of an event bus",
    "^[!-9;-~]+$": "must be made of visible ASCII characters other than :",
    "^[ -~]+$": "must be made of ASCII characters",
    "^[!-~]+(?: [!-~]+)*$": "must be names separated by spaces"
};
